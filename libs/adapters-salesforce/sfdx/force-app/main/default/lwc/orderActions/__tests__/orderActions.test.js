import { createElement } from 'lwc';
import OrderActions from 'c/orderActions';
import ask from '@salesforce/apex/AgentActionController.ask';

jest.mock('@salesforce/apex/AgentActionController.ask', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/customPermission/OMS_Cancel_Order', () => ({ default: true }), { virtual: true });
jest.mock('@salesforce/customPermission/OMS_Hold_Order', () => ({ default: true }), { virtual: true });
jest.mock('@salesforce/customPermission/OMS_Reroute_Order', () => ({ default: undefined }), { virtual: true });

const orderId = '801000000000001AAA';
const firstKey = '01'.repeat(16);
const lines = [
  { key: 'k:1:1', name: 'Lamp', sku: 'LMP', left: 2 },
  { key: 'k:1:2', name: 'Mug', sku: 'MUG', left: 0 },
];
const settled = (turns = 10) => (turns > 0 ? Promise.resolve().then(() => settled(turns - 1)) : undefined);
const all = (component, selector) => [...component.shadowRoot.querySelectorAll(selector)];
const choose = async (component, name, value) => {
  const field = all(component, 'lightning-combobox, lightning-input').find((one) => one.name === name);
  field.dispatchEvent(new CustomEvent('change', { detail: { value } }));
  await settled();
};
const press = async (component, label) => {
  all(component, 'lightning-button')
    .find((button) => button.label === label)
    .click();
  await settled();
};

async function open(properties = {}) {
  const component = createElement('c-order-actions', { is: OrderActions });
  Object.assign(component, { orderId, lines, isOnHold: false }, properties);
  document.body.appendChild(component);
  await settled();
  return component;
}

describe('Actions on an order', () => {
  beforeEach(() => {
    let keys = 0;
    Object.defineProperty(globalThis, 'crypto', {
      configurable: true,
      value: { getRandomValues: (bytes) => bytes.fill(++keys) },
    });
    ask.mockResolvedValue([]);
  });
  afterEach(() => {
    document.body.replaceChildren();
    jest.clearAllMocks();
  });

  it('are offered as far as the agent may ask for them', async () => {
    const labels = (component) => all(component, 'lightning-button').map(({ label }) => label);
    expect(labels(await open())).toEqual(['c.OMS_Act_Hold', 'c.OMS_Act_Cancel']);
    expect(labels(await open({ isOnHold: true }))).toEqual(['c.OMS_Act_Release', 'c.OMS_Act_Cancel']);
  });

  it('ask for units of one line, with a reason and a key', async () => {
    const component = await open();
    const asked = jest.fn();
    component.addEventListener('asked', asked);
    await press(component, 'c.OMS_Act_Cancel');
    expect(all(component, 'lightning-combobox')[0].options.map(({ value }) => value)).toEqual(['', 'k:1:1']);
    await choose(component, 'lineKey', 'k:1:1');
    await choose(component, 'quantity', '1');
    await choose(component, 'reason', 'Ordered twice');
    await press(component, 'c.OMS_Act_Ask');
    const cancel = { action: 'Cancel', lineKey: 'k:1:1', quantity: 1, reason: 'Ordered twice', requestKey: firstKey };
    expect(ask).toHaveBeenCalledWith({ orderId, asks: [cancel] });
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it('ask for the whole order where no line is chosen, whatever was entered before', async () => {
    const component = await open();
    await press(component, 'c.OMS_Act_Cancel');
    await choose(component, 'lineKey', 'k:1:1');
    await choose(component, 'quantity', '1');
    await choose(component, 'lineKey', '');
    await press(component, 'c.OMS_Act_Ask');
    expect(ask).toHaveBeenCalledWith({ orderId, asks: [{ action: 'Cancel', requestKey: firstKey }] });
  });

  it('keep the form, and its key, when the request is refused', async () => {
    const component = await open();
    await press(component, 'c.OMS_Act_Hold');
    ask.mockRejectedValueOnce({ body: { message: 'Ask a supervisor.' } });
    await press(component, 'c.OMS_Act_Ask');
    expect(all(component, '[role="alert"]')[0].textContent).toBe('Ask a supervisor.');
    await press(component, 'c.OMS_Act_Ask');
    expect(ask.mock.calls.map(([{ asks }]) => asks[0].requestKey)).toEqual([firstKey, firstKey]);
    expect(all(component, 'section')).toEqual([]);
  });

  it('ask once however often the button is pressed', async () => {
    const component = await open();
    await press(component, 'c.OMS_Act_Hold');
    const [button] = all(component, 'lightning-button').filter(({ label }) => label === 'c.OMS_Act_Ask');
    button.click();
    button.click();
    await settled();
    expect(ask).toHaveBeenCalledTimes(1);
  });
});
