/** Lo que se dice a quien pide ayuda ahora: sin tranquilizar, sin aconsejar y sin prometer cuándo responde nadie. */
import type { Action, Card } from '../card.ts';
import { type HelpSentences, helpCard } from '../help-now.ts';

/** Está en todas las tarjetas. */
export const HELP_NOW: Action = { label: 'Ayuda ahora', command: 'help-now' };

/** Una tarjeta con el botón debajo de todo; en un mensaje directo, el botón mismo dice de qué grupo se trata. */
export const withHelp = (card: Card, cohort?: string): Card => ({
  ...card,
  actions: [
    ...(card.actions ?? []).filter((row) => row.length > 0),
    [cohort === undefined ? HELP_NOW : { ...HELP_NOW, given: { cohort } }],
  ],
});

const sentences: HelpSentences = {
  locale: 'es',
  title: 'Ayuda ahora',
  telling: {
    'on-call':
      'Hearth está avisando a las personas de guardia de tu grupo de que alguien ha pedido ayuda. Quién ha sido lo ven al abrir el aviso. No puede decir cuándo responderá alguien: si necesitas ayuda ahora, por favor no les esperes.',
    'outside-hours':
      'En este momento no hay nadie de guardia para tu grupo. Hearth guarda que has pedido ayuda y avisa a quienes hacen las guardias, pero puede que no lo vean antes de su horario. Si necesitas ayuda ahora, usa los números de abajo.',
    again:
      'Hearth ya ha avisado a las personas de guardia de tu grupo, y ahora de que lo has pedido otra vez. No puede decir cuándo responderá alguien: si necesitas ayuda ahora, por favor no les esperes.',
    nobody:
      'Hearth no sabe de nadie que esté de guardia para un grupo tuyo, así que por favor no esperes a que se avise a nadie. Usa los números de abajo o pide ayuda a alguien cercano.',
  },
  bot: 'Hearth es un programa, no una persona. Nadie lo vigila a todas horas, y no es un servicio de urgencias.',
  danger: 'Si una vida está en peligro',
  dangerAnywhere: 'Llama al número de emergencias del lugar en el que estás.',
  call: 'Llama al',
  text: 'SMS',
  linesOf: (country) => `Alguien con quien hablar: ${country}`,
  linesAnywhere: 'Alguien con quien hablar',
  directory: 'En findahelpline.com y befrienders.org están las líneas de todos los países.',
  whichCountry:
    'Elige dónde estás, y desde entonces aquí aparecen los números de ese país. Solo tú ves lo que eliges.',
  regions: {
    europe: 'Europa',
    americas: 'América',
    'asia-pacific': 'Asia y el Pacífico',
    'africa-middle-east': 'África y Oriente Medio',
  },
  notListed: 'El mío no está',
  anotherCountry: 'Otro país',
};

/** Lo que ha pedido, al momento. */
export const card = helpCard(sentences);
