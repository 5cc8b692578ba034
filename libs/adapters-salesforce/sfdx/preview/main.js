import '@lwc/synthetic-shadow';
import { createElement } from 'lwc';
import OrderStatusPanel from 'c/orderStatusPanel';

/** What was asked of Apex, by method, last. */
globalThis.asked = {};
globalThis.answerOfApex = (method, asked) => {
  globalThis.asked[method] = asked;
  if (globalThis.refusal) return Promise.reject({ body: { message: globalThis.refusal } });
  return Promise.resolve(structuredClone(globalThis.answers[method]));
};

const panel = createElement('c-order-status-panel', { is: OrderStatusPanel });
panel.recordId = globalThis.answers['OrderStatusController.getOrderStatus'].orderRecord.Id;
document.querySelector('main').append(panel);
