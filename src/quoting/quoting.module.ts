import { Module } from '@nestjs/common';
import { ContactsController } from './customers/contacts.controller.js';
import { ContactsService } from './customers/contacts.service.js';
import { CustomersController } from './customers/customers.controller.js';
import { CustomersService } from './customers/customers.service.js';

/** Quoting: customers and what they are charged, quotes and what became of them. */
@Module({
  controllers: [CustomersController, ContactsController],
  providers: [CustomersService, ContactsService],
})
export class QuotingModule {}
