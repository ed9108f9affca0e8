/** A delivery was kept. */
export class ReceiptDto {
  /** GitHub's. @example 72d3162e-cc78-11e3-81ab-4c9367dc0958 */
  deliveryId!: string;
}
