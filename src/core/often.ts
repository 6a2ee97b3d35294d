/** How often one person may ask for what leaves something behind each time, so that nobody fills the database. */
import { LINK_LASTS } from './form-link.ts';
import { HOUR } from './time.ts';

/** Refusals that are noted of one person in a server: further ones are answered alike, whatever is asked for, and leave nothing. */
export const NOTED_REFUSALS = { most: 60, within: HOUR } as const;

/** Addresses of pages that one person is given: many pages with many steps, and no more than anybody opens. */
export const GIVEN_PAGES = { most: 300, within: LINK_LASTS } as const;

/** Addresses of a calendar that one person is given: each that ends is kept in the record of erasures for good. */
export const GIVEN_CALENDARS = { most: 10, within: HOUR } as const;
