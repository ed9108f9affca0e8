const LANGUAGE = 'en';

const amounts = new Intl.NumberFormat(LANGUAGE, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const unitPrices = new Intl.NumberFormat(LANGUAGE, { minimumFractionDigits: 2, maximumFractionDigits: 4 });
const quantities = new Intl.NumberFormat(LANGUAGE, { maximumFractionDigits: 4 });
const percentages = new Intl.NumberFormat(LANGUAGE, { style: 'percent', maximumFractionDigits: 2 });
const days = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
const countries = new Intl.DisplayNames(LANGUAGE, { type: 'region' });

/** Text of a decimal as people read it: `6000.00` is `6,000.00`. Exact to the last digit: no float comes in between. */
export const amountText = (value: string): string => amounts.format(value as `${number}`);
/** Two places or, where there is more to say, up to four. */
export const unitPriceText = (value: string): string => unitPrices.format(value as `${number}`);
export const quantityText = (value: string): string => quantities.format(value as `${number}`);
/** Of a fraction: `0.1500` is `15%`. */
export const percentageText = (value: string): string => percentages.format(value as `${number}`);
/** Of a date or an instant, the day in UTC: `2026-11-21` is `21 November 2026`. */
export const dayText = (value: string): string => days.format(new Date(value));
/** Of two letters (ISO 3166-1); those that name no country stay as they are. */
export const countryText = (code: string): string => countries.of(code) ?? code;
