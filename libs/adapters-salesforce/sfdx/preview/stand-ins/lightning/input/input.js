import { LightningElement, api } from 'lwc';

export default class Input extends LightningElement {
  @api name;
  @api label;
  @api value;
  @api type = 'text';
  @api min;
  @api max;
  @api step;
  @api maxLength;
  @api required;

  changed({ target }) {
    this.value = target.value;
    this.dispatchEvent(new CustomEvent('change', { detail: { value: target.value } }));
  }
}
