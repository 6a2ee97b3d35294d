/** What is said around forms that could not be asked, or not be taken, at once. */
import type { Card, Form } from '../card.ts';

/** A card from which the form can be opened again, without what was chosen already. */
export const withForm = (card: Card, { command, given }: Pick<Form, 'command' | 'given'>): Card => ({
  ...card,
  actions: [[{ label: 'Open the form again', command, given, style: 'primary' }]],
});

/** The form that somebody asked for, behind a button. */
export const formIsReady = ({ command, given }: Form): Card => ({
  text: 'Thank you for waiting. The form is ready now.',
  actions: [[{ label: 'Open the form', command, given, style: 'primary' }]],
});
