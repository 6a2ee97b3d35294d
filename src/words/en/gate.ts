/** What is said when Discord could not wait for a form. */
import type { Card, Form } from '../card.ts';

/** The form that somebody asked for, behind a button. */
export const formIsReady = ({ command, given }: Form): Card => ({
  text: 'Thank you for waiting. The form is ready now.',
  actions: [[{ label: 'Open the form', command, given, style: 'primary' }]],
});
