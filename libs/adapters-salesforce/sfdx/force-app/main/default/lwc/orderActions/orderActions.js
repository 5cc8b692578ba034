import { LightningElement, api } from 'lwc';
import { ShowToastEvent } from 'lightning/platformShowToastEvent';
import ask from '@salesforce/apex/AgentActionController.ask';
import mayCancel from '@salesforce/customPermission/OMS_Cancel_Order';
import mayHold from '@salesforce/customPermission/OMS_Hold_Order';
import mayReroute from '@salesforce/customPermission/OMS_Reroute_Order';
import { labels } from 'c/omsLabels';

const WHOLE_ORDER = '';

/** 128 random bits: `randomUUID` is not there in every context that the platform runs components in. */
function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * What an agent may ask of the OMS for this order. Buttons are shown by permission for convenience; the right is
 * checked where the request is kept. Fires `asked` when a request is kept.
 */
export default class OrderActions extends LightningElement {
  labels = labels;
  /** The open form, undefined where none is. */
  form;
  problem;
  isAsking = false;

  @api orderId;
  /** As `viewOf` of c/omsOrder has them. */
  @api lines = [];
  @api isOnHold = false;

  get actions() {
    const hold = this.isOnHold ? ['Release hold', labels.actRelease] : ['Hold', labels.actHold];
    return [
      ...(mayHold ? [{ name: hold[0], label: hold[1] }] : []),
      ...(mayReroute ? [{ name: 'Reroute', label: labels.actReroute }] : []),
      ...(mayCancel ? [{ name: 'Cancel', label: labels.actCancel, variant: 'destructive-text' }] : []),
    ];
  }

  get isOffered() {
    return this.actions.length > 0 && !this.form;
  }

  get hasLines() {
    return this.form.name === 'Cancel' || this.form.name === 'Reroute';
  }

  get hasQuantity() {
    return this.form.name === 'Cancel' && this.form.lineKey !== WHOLE_ORDER;
  }

  get hasLocation() {
    return this.form.name === 'Reroute';
  }

  get lineOptions() {
    const open = this.lines.filter(({ key, left }) => key && left > 0);
    return [
      { value: WHOLE_ORDER, label: labels.actAllLines },
      ...open.map(({ key, name, sku }) => ({ value: key, label: sku ? `${name} (${sku})` : name })),
    ];
  }

  get chosenLine() {
    return this.lines.find(({ key }) => key === this.form.lineKey);
  }

  /** The key belongs to the form: asking twice from one form asks once. */
  open({ currentTarget }) {
    const { name } = currentTarget.dataset;
    const { label } = this.actions.find((action) => action.name === name);
    this.problem = undefined;
    this.form = { name, label, lineKey: WHOLE_ORDER, requestKey: newKey() };
  }

  close() {
    this.form = undefined;
  }

  write({ target, detail }) {
    this.form = { ...this.form, [target.name]: detail.value };
  }

  async ask() {
    if (this.isAsking) return;
    const { name, lineKey, quantity, reason, location, requestKey } = this.form;
    const asked = {
      action: name,
      requestKey,
      ...(lineKey && this.hasLines ? { lineKey } : {}),
      ...(quantity && this.hasQuantity ? { quantity: Number(quantity) } : {}),
      ...(location && this.hasLocation ? { location } : {}),
      ...(reason ? { reason } : {}),
    };
    this.isAsking = true;
    try {
      await ask({ orderId: this.orderId, asks: [asked] });
      this.form = undefined;
      this.dispatchEvent(new ShowToastEvent({ title: labels.actAsked, variant: 'success' }));
      this.dispatchEvent(new CustomEvent('asked'));
    } catch (refusal) {
      this.problem = refusal?.body?.message ?? String(refusal);
    } finally {
      this.isAsking = false;
    }
  }
}
