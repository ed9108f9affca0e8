import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ValidateBy } from 'class-validator';
import { type Format, canonical, decimalProblem, inWords } from '../money/index.js';

/** A decimal of this format, sent as a string or as a JSON number of at most 15 digits; the DTO gets its column's text. */
export const IsDecimal = (
  format: Format,
  options: { example: string; required?: boolean; nullable?: boolean },
) =>
  applyDecorators(
    ApiProperty({ type: String, ...options }),
    // What is none stays as it is, for the validator to refuse.
    Transform(({ value }: { value: unknown }) => canonical(value, format).text ?? value),
    ValidateBy({
      name: 'isDecimal',
      validator: {
        validate: (value: unknown) => decimalProblem(value, format) === undefined,
        defaultMessage: (context) =>
          `${context?.property} ${inWords(decimalProblem(context?.value, format) ?? 'DECIMAL_FORMAT', format)}`,
      },
    }),
  );
