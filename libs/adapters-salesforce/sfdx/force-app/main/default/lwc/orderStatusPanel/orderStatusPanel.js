import { LightningElement, api } from 'lwc';
import { isEmpEnabled, onError, subscribe, unsubscribe } from 'lightning/empApi';
import getOrderStatus from '@salesforce/apex/OrderStatusController.getOrderStatus';
import getProgress from '@salesforce/apex/OrderProgressController.getProgress';
import { filled, labels } from 'c/omsLabels';
import { ageText, momentText, viewOf } from 'c/omsOrder';

const CHANNEL = '/event/OMS_Order_Update__e';
const NEW_EVENTS_ONLY = -1;
const TICK_MS = 1000;
/** Moments of the history that are shown at first. */
const LATEST = 5;

/**
 * What the OMS knows of an order, with its age. Reads when it is opened and whenever the middleware says that the
 * order has changed; between two readings only the age moves.
 */
export default class OrderStatusPanel extends LightningElement {
  labels = labels;
  view;
  problem;
  progress;
  isReading = false;
  isLive = false;
  age = '';
  isWholeHistory = false;

  /** Site of orders that do not say it themselves. */
  @api site;

  /** The order; the page gives it. */
  @api
  get recordId() {
    return this._recordId;
  }
  set recordId(recordId) {
    if (recordId === this._recordId) return;
    this._recordId = recordId;
    this.view = undefined;
    if (this.isConnected) this.read();
  }

  connectedCallback() {
    this.ticking = setInterval(() => this.showAge(), TICK_MS);
    this.listen();
    if (this.recordId) this.read();
  }

  disconnectedCallback() {
    clearInterval(this.ticking);
    const { subscription } = this;
    this.subscription = undefined;
    if (subscription) unsubscribe(subscription, () => undefined);
  }

  /** Without events the panel still reads when asked; it says that it is not live. */
  async listen() {
    try {
      if (!(await isEmpEnabled())) return;
      onError(() => {
        this.isLive = false;
      });
      const subscription = await subscribe(CHANNEL, NEW_EVENTS_ONLY, (event) => this.heard(event));
      if (this.isConnected) {
        this.subscription = subscription;
        this.isLive = true;
        // What changed between the first reading and now was told to nobody here.
        if (this.recordId) this.read();
      } else {
        unsubscribe(subscription, () => undefined);
      }
    } catch {
      this.isLive = false;
    }
  }

  heard({ data }) {
    const wasDeaf = !this.isLive;
    this.isLive = true;
    const changed = data?.payload?.Order_Id__c;
    // Ids come with 15 or 18 characters; the first 15 tell records apart.
    // What was said while nothing could be heard is not said again.
    if (wasDeaf || changed?.slice(0, 15) === this.recordId?.slice(0, 15)) this.read();
  }

  /** One reading at a time: what is heard meanwhile causes one more, however much it is. */
  async read() {
    if (this.isReading) {
      this.isOutdated = true;
      return;
    }
    this.isReading = true;
    const asked = this.recordId;
    try {
      const records = await getOrderStatus({ orderId: asked });
      if (asked === this.recordId) this.show(records);
    } catch (refusal) {
      this.problem = sentenceOf(refusal);
    }
    this.isReading = false;
    if (this.isOutdated || asked !== this.recordId) {
      this.isOutdated = false;
      this.read();
    }
  }

  show(records) {
    this.view = viewOf(records);
    this.problem = undefined;
    this.toldAt = records.orderRecord.OMS_Event_Time__c;
    // By the org's clock: the agent's own may be wrong. From here on only time that passes is measured.
    this.ageWhenRead = new Date(records.readAt) - new Date(this.toldAt);
    this.readAt = performance.now();
    this.showAge();
  }

  showAge() {
    if (!this.toldAt) return;
    this.age = filled(labels.asOf, ageText(this.ageWhenRead + performance.now() - this.readAt));
  }

  async askProgress() {
    try {
      this.progress = progressText(await getProgress({ orderId: this.recordId, site: this.site }));
    } catch (refusal) {
      this.progress = sentenceOf(refusal);
    }
  }

  get isLoading() {
    return this.isReading && !this.view;
  }

  get isUnknown() {
    return this.view && !this.view.isKnown;
  }

  get isShown() {
    return this.view?.isKnown;
  }

  get toldAtText() {
    return momentText(this.toldAt);
  }

  get liveText() {
    return this.isLive ? labels.live : labels.notLive;
  }

  get liveClassName() {
    return this.isLive ? 'live live_on' : 'live';
  }

  get hasNoParcels() {
    return this.view.parcels.length === 0;
  }

  get hasReturns() {
    return this.view.returns.length > 0;
  }

  get hasRequests() {
    return this.view.requests.length > 0;
  }

  get history() {
    const { history } = this.view;
    return this.isWholeHistory ? history : history.slice(0, LATEST);
  }

  get hasMoreHistory() {
    return this.history.length < this.view.history.length;
  }

  get wholeHistoryText() {
    return filled(labels.wholeHistory, this.view.history.length);
  }

  showWholeHistory() {
    this.isWholeHistory = true;
  }

  get hasNoHistory() {
    return this.view.history.length === 0;
  }
}

function sentenceOf(refusal) {
  return refusal?.body?.message ?? refusal?.message ?? String(refusal);
}

function progressText({ state, sentence, remedy, omsOrderId }) {
  switch (state) {
    case 'received':
      return labels.progressReceived;
    case 'parked':
      return filled(labels.progressParked, sentence, remedy);
    case 'accepted':
      return labels.progressAccepted;
    case 'submitted':
      return filled(labels.progressSubmitted, omsOrderId);
    default:
      return labels.progressUnknown;
  }
}
