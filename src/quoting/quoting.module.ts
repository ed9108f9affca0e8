import { Module } from '@nestjs/common';

/** Quoting: customers and what they are charged, quotes and what became of them. */
@Module({
  controllers: [],
  providers: [],
})
export class QuotingModule {}
