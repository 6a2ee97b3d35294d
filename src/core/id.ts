/** How what Hearth keeps is named by itself, in buttons and in what people choose from lists. */

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether it is written as an id. */
export const isId = (written: string): boolean => ID.test(written);
