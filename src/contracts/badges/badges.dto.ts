import { Transform } from 'class-transformer';
import { IsName } from '../names.js';

const withoutSuffix = ({ value }: { value: unknown }) =>
  typeof value === 'string' ? value.replace(/\.svg$/, '') : value;

export class BadgeParams {
  /** @example web */
  @IsName()
  consumer!: string;

  /** With or without `.svg` behind it. @example orders.svg */
  @Transform(withoutSuffix)
  @IsName()
  provider!: string;
}
