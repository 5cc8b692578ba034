import { LightningElement, api } from 'lwc';

/** A symbol of the design system's own sprite, which the page holds. */
export default class Icon extends LightningElement {
  @api iconName = '';
  @api size = 'small';
  @api variant;
  @api alternativeText;

  /** By hand: in a template the name would be made one of this component's own. */
  renderedCallback() {
    const symbol = `#${this.iconName.split(':')[1]}`;
    this.template.querySelector('svg').innerHTML = `<use href="${symbol}"></use>`;
  }

  get className() {
    return `slds-icon slds-icon_${this.size} slds-icon-text-default`;
  }
}
