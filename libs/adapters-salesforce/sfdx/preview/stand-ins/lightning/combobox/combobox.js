import { LightningElement, api } from 'lwc';

export default class Combobox extends LightningElement {
  @api name;
  @api label;
  @api value;
  @api options = [];

  changed({ target }) {
    this.value = target.value;
    this.dispatchEvent(new CustomEvent('change', { detail: { value: target.value } }));
  }
}
