import '@lwc/synthetic-shadow';
import { createElement } from 'lwc';
import OrderStatusPanel from 'c/orderStatusPanel';

const panel = createElement('c-order-status-panel', { is: OrderStatusPanel });
panel.recordId = globalThis.answers['OrderStatusController.getOrderStatus'].orderRecord.Id;
document.querySelector('main').append(panel);
