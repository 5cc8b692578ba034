import { LightningElement, api } from 'lwc';

export default class ButtonIcon extends LightningElement {
  @api iconName = '';
  @api variant;
  @api alternativeText;

  /** By hand: in a template the name would be made one of this component's own. */
  renderedCallback() {
    const symbol = `#${this.iconName.split(':')[1]}`;
    this.template.querySelector('svg').innerHTML = `<use href="${symbol}"></use>`;
  }
}
