import { LightningElement, api } from 'lwc';

const SHAPES = {
  base: 'slds-button',
  brand: 'slds-button slds-button_brand',
  'destructive-text': 'slds-button slds-button_text-destructive',
};

export default class Button extends LightningElement {
  @api label;
  @api variant;
  @api disabled;

  get className() {
    return SHAPES[this.variant] ?? 'slds-button slds-button_neutral';
  }
}
