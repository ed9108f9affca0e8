/** A command ends with 1 after it has said why itself. */
export class Failed extends Error {}
