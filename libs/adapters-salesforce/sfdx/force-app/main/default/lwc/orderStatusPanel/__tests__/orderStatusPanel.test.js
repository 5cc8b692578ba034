import { createElement } from 'lwc';
import * as empApi from 'lightning/empApi';
import OrderStatusPanel from 'c/orderStatusPanel';
import getOrderStatus from '@salesforce/apex/OrderStatusController.getOrderStatus';
import getProgress from '@salesforce/apex/OrderProgressController.getProgress';

jest.mock('@salesforce/apex/OrderStatusController.getOrderStatus', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/OrderProgressController.getProgress', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('lightning/empApi', () => ({
  subscribe: jest.fn(),
  unsubscribe: jest.fn(),
  onError: jest.fn(),
  isEmpEnabled: jest.fn(),
}));

jest.mock('@salesforce/label/c.OMS_As_Of', () => ({ default: 'as of {0} ago' }), { virtual: true });
jest.mock('@salesforce/label/c.OMS_Age_Seconds', () => ({ default: '{0} s' }), { virtual: true });

const orderId = '801000000000001AAA';
const toldAt = '2026-03-01T10:00:00.000Z';
const records = (status = 'shipped', readAt = '2026-03-01T10:00:14.000Z') => ({
  readAt,
  orderRecord: { Id: orderId, OrderNumber: '101', OMS_Status__c: status, OMS_Event_Time__c: toldAt },
  lines: [
    { Id: '802', Quantity: 2, OMS_Order_Line_Key__c: 'k:1:1', OMS_Qty_Shipped__c: 2, Product2: { Name: 'Lamp' } },
  ],
  parcels: [{ Id: 'a01', Carrier__c: 'UPS', Tracking_Number__c: '1Z', Tracking_Url__c: 'https://carrier.example/1Z' }],
  parcelLines: [],
  carriers: [],
  returns: [],
  history: [],
  requests: [],
});

const settled = (turns = 10) => (turns > 0 ? Promise.resolve().then(() => settled(turns - 1)) : undefined);
const text = (panel, selector) => panel.shadowRoot.querySelector(selector)?.textContent;

/** How often the panel had read by the time it was open. */
let readings;

async function open(properties = { recordId: orderId }) {
  const panel = Object.assign(createElement('c-order-status-panel', { is: OrderStatusPanel }), properties);
  document.body.appendChild(panel);
  await settled();
  readings = getOrderStatus.mock.calls.length;
  return panel;
}
const hear = async (Order_Id__c) => {
  empApi.subscribe.mock.calls[0][2]({ data: { payload: { Order_Id__c } } });
  await settled();
};

describe('The order status panel', () => {
  beforeEach(() => {
    jest.useFakeTimers();
    empApi.isEmpEnabled.mockResolvedValue(true);
    empApi.subscribe.mockResolvedValue({ id: 1, channel: '/event/OMS_Order_Update__e' });
    getOrderStatus.mockResolvedValue(records());
  });
  afterEach(() => {
    document.body.replaceChildren();
    jest.clearAllMocks();
    jest.useRealTimers();
  });

  it('shows the status with its age by the clock of the org, which moves on', async () => {
    const panel = await open();
    expect(text(panel, '.age')).toBe('as of 14 s ago');
    jest.advanceTimersByTime(46_000);
    await settled();
    expect(text(panel, '.age')).toBe('as of 60 s ago');
    expect(text(panel, '.title')).toBe('c.OMS_Stage_Shipped');
    expect(panel.shadowRoot.querySelectorAll('.step_here')).toHaveLength(1);
    const link = panel.shadowRoot.querySelector('.parcel a');
    expect(link.href).toBe('https://carrier.example/1Z');
    expect(link.rel).toBe('noopener noreferrer');
  });

  it('reads again when the middleware says that this order has changed, and for no other', async () => {
    const panel = await open();
    expect(empApi.subscribe.mock.calls[0].slice(0, 2)).toEqual(['/event/OMS_Order_Update__e', -1]);
    await hear('801000000000002AAA');
    expect(getOrderStatus).toHaveBeenCalledTimes(readings);
    getOrderStatus.mockResolvedValue(records('delivered'));
    await hear(orderId.slice(0, 15));
    expect(getOrderStatus).toHaveBeenCalledTimes(readings + 1);
    expect(text(panel, '.title')).toBe('c.OMS_Stage_Delivered');
  });

  it('reads once more for all that is heard while it reads', async () => {
    await open();
    let answer;
    getOrderStatus.mockReturnValueOnce(
      new Promise((resolve) => {
        answer = resolve;
      }),
    );
    await hear(orderId);
    await hear(orderId);
    await hear(orderId);
    expect(getOrderStatus).toHaveBeenCalledTimes(readings + 1);
    answer(records());
    await settled();
    expect(getOrderStatus).toHaveBeenCalledTimes(readings + 2);
  });

  it('keeps what it shows, with its age, when a reading fails, and says so', async () => {
    const panel = await open();
    getOrderStatus.mockRejectedValue({ body: { message: 'You may not see it.' } });
    await hear(orderId);
    expect(text(panel, '[role="alert"]')).toBe('You may not see it.');
    expect(text(panel, '.title')).toBe('c.OMS_Stage_Shipped');
  });

  it('says that it is not live where there are no events, and reads when asked', async () => {
    empApi.isEmpEnabled.mockResolvedValue(false);
    const panel = await open();
    expect(text(panel, '.live')).toBe('c.OMS_Not_Live');
    panel.shadowRoot.querySelector('lightning-button-icon').click();
    await settled();
    expect(getOrderStatus).toHaveBeenCalledTimes(readings + 1);
  });

  it('reads again when it can hear again, whichever order it hears of', async () => {
    const panel = await open();
    empApi.onError.mock.calls[0][0]({ message: 'The connection was lost.' });
    await settled();
    expect(text(panel, '.live')).toBe('c.OMS_Not_Live');
    await hear('801000000000002AAA');
    expect(text(panel, '.live')).toBe('c.OMS_Live');
    expect(getOrderStatus).toHaveBeenCalledTimes(readings + 1);
    await hear('801000000000002AAA');
    expect(getOrderStatus).toHaveBeenCalledTimes(readings + 1);
  });

  it('reads once more when it begins to hear: what changed before was told to nobody', async () => {
    await open();
    expect(readings).toBe(2);
    empApi.isEmpEnabled.mockResolvedValue(false);
    getOrderStatus.mockClear();
    await open();
    expect(readings).toBe(1);
  });

  it('stops listening when it is closed', async () => {
    const panel = await open();
    panel.remove();
    expect(empApi.unsubscribe).toHaveBeenCalledTimes(1);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('reads another order when the page shows another', async () => {
    const panel = await open();
    panel.recordId = '801000000000009AAA';
    await settled();
    expect(getOrderStatus).toHaveBeenLastCalledWith({ orderId: '801000000000009AAA' });
  });

  it('asks the middleware about an order that the OMS has said nothing of', async () => {
    const unknown = records();
    delete unknown.orderRecord.OMS_Status__c;
    getOrderStatus.mockResolvedValue(unknown);
    getProgress.mockResolvedValue({ state: 'received' });
    const panel = await open({ recordId: orderId, site: 'aurora-us' });
    panel.shadowRoot.querySelector('lightning-button').click();
    await settled();
    expect(getProgress).toHaveBeenCalledWith({ orderId, site: 'aurora-us' });
    expect(text(panel, '.progress')).toBe('c.OMS_Progress_Received');
  });

  it('is accessible', async () => {
    const panel = await open();
    expect(panel.shadowRoot.querySelector('table th[scope="col"]')).not.toBeNull();
    expect(text(panel, '.step_here .slds-assistive-text')).toBe('c.OMS_Units_Of');
    expect(panel.shadowRoot.querySelector('article').getAttribute('aria-label')).toBe('c.OMS_Title');
  });
});
