import { Module, type OnModuleInit } from '@nestjs/common';
import { Lanes } from '../platform/lanes.js';
import { FindCustomers, FindCustomersHandler } from './find-customers.js';
import { SaveCustomers, SaveCustomersHandler } from './save-customers.js';
import { WantedCustomers } from './wanted-customers.js';

/** Records that one call to the CRM answers for. */
const RECORDS_TOGETHER = 100;
/** The OMS takes customers one by one; a batch shares its reading. */
const CUSTOMERS_TOGETHER = 20;

/** Customers on their way from the CRM to the OMS: when they change, and before an order that needs them. */
@Module({ providers: [FindCustomersHandler, SaveCustomersHandler, WantedCustomers] })
export class CustomersModule implements OnModuleInit {
  constructor(private readonly lanes: Lanes) {}

  onModuleInit(): void {
    this.lanes.together('customers.find-customer', RECORDS_TOGETHER, (messages) => new FindCustomers(messages));
    this.lanes.together('customers.save-customer', CUSTOMERS_TOGETHER, (messages) => new SaveCustomers(messages));
  }
}
