/** What Hearth's own pages say in Spanish, and what is said of them in Discord. */
import { PHASES, type Phase } from '../../core/agenda.ts';
import type { Refusal } from '../../core/refusal.ts';
import type { PageRefusal, PageWords } from '../pages.ts';
import type { Problem } from '../problem.ts';

const ASK_AGAIN =
  'Vuelve a Discord y pulsa el botón o escribe el comando otra vez: recibirás enseguida una página nueva.';

const PROBLEMS: Readonly<Record<Problem['what'], (limit: number) => string>> = {
  missing: () => 'esto todavía hace falta',
  'too-short': (limit) => `escribe al menos ${limit} caracteres, por favor`,
  'too-long': (limit) => `escribe como máximo ${limit} caracteres, por favor`,
  'too-small': (limit) => `${limit} como mínimo, por favor`,
  'too-big': (limit) => `${limit} como máximo, por favor`,
  'not-one-of': () => 'elige una de las opciones, por favor',
  wrong: () => 'no se ha podido leer; elígelo o escríbelo otra vez, por favor',
};

const PHASE_NAMES: Readonly<Record<Phase, string>> = {
  welcome: 'la bienvenida',
  'check-in': 'la ronda de llegada',
  grounding: 'el momento de calma',
  review: 'el repaso',
  topic: 'el tema',
  discussion: 'la conversación',
  exercise: 'el ejercicio',
  reflection: 'la reflexión final',
};

const phaseOf = (reason: Refusal): string => {
  const phase = PHASES.find((each) => 'phase' in reason && reason.phase === each);
  return phase ? PHASE_NAMES[phase] : 'otra parte';
};

type Said = string | ((reason: Refusal) => string);

const REFUSALS: Readonly<Record<PageRefusal, Said>> = {
  'not-for-you': 'Esto es para quienes participan en el grupo, así que no se ha cambiado nada.',
  'admins-only':
    'Solo pueden hacerlo quienes administran este servidor. Pregúntales, por favor; no se ha cambiado nada.',
  'staff-only':
    'Solo pueden hacerlo quienes facilitan el grupo. Pregúntales, por favor; no se ha cambiado nada.',
  'break-glass-first':
    'Solo puede abrirlo quien cuida del grupo. Si nadie puede, y no puede esperar: `/break-glass begin` te lo abre durante una hora, y se les avisa.',
  'no-group-here': 'Aquí no se ha encontrado ningún grupo tuyo. La persona que te invitó puede ayudarte.',
  'which-group':
    'Aquí perteneces a más de un grupo. Hazlo otra vez en una sala del grupo al que te refieres, por favor.',
  'sign-first':
    'Podrás hacerlo cuando hayas firmado el acuerdo del grupo, que está en la sala de bienvenida en Discord.',
  'somebody-was-first':
    'Otra persona ha cambiado lo mismo en este instante, así que no se ha cambiado nada. Inténtalo otra vez, por favor.',
  'cohort-archived': 'Este grupo ha terminado. Lo que se guardó sigue guardado.',
  'no-session': 'Ahora no hay ninguna sesión abierta. La abre quien facilita el grupo.',
  'session-ended': 'Esta sesión ha terminado. Lo que hiciste antes del final está guardado.',
  'session-paused': 'La sesión está en pausa. Sigue en cuanto la reanude quien facilita el grupo.',
  'not-yet-reflection': (reason) =>
    `La reflexión final viene al terminar. El grupo está ahora en ${phaseOf(reason)}; la tarjeta en la sala del grupo mostrará cuándo es el momento.`,
  'no-such-goal': 'No se ha encontrado ninguna meta con ese número.',
  'which-person':
    'Elige también a una persona, por favor: quien facilita ve las metas que esa persona comparte.',
  'date-not-ahead': 'Elige un día que todavía esté por venir, escrito como 2026-05-31, por favor.',
  'no-such-date': 'Ese día no está en el calendario. Escríbelo como 2026-05-31, por favor.',
  'no-such-meeting': 'No se ha encontrado ninguna reunión del grupo en ese momento.',
  'which-meeting': 'El grupo se reúne más de una vez ese día. Elige una de las que se ofrecen, por favor.',
  'meeting-has-begun': 'Esta reunión ya ha empezado o ha terminado, así que queda como está.',
  'meeting-is-skipped': 'Esta reunión no tiene lugar. No hacía falta cambiar nada.',
  'no-absence-told': 'No has dicho que no puedas venir a esta reunión. No hacía falta cambiar nada.',
  'no-such-task': 'No se ha encontrado ninguna tarea tuya con ese número.',
  'task-is-settled': 'Esta tarea ya está resuelta y queda como se resolvió. No hacía falta cambiar nada.',
  'not-on-the-list': 'Eso no está en la lista de esta tarea.',
  'no-attendance-yet': 'Todavía no hay asistencia: se cuenta cuando termina una sesión.',
  'no-such-person-here': 'Esta persona no está en este grupo, o todavía no estaba en él entonces.',
  'place-not-asked':
    'Ahora no se te pregunta dónde estás. Donde un grupo lo pide, lo hace desde una hora antes de una sesión.',
  'link-used':
    'Esta página ya se había usado, así que no se ha cambiado nada. Pide una nueva en Discord, por favor.',
  'wait-before-code':
    'Ha habido demasiados códigos erróneos. Espera un rato e inténtalo otra vez, por favor.',
  'wrong-code':
    'Este código no es correcto, o ya se había usado. Espera al siguiente de tu aplicación, por favor.',
  'not-signed-in': 'Ya no tienes la sesión iniciada. Empieza otra vez, por favor.',
};

const isOnPages = (code: string): code is PageRefusal => Object.hasOwn(REFUSALS, code);

const refusal = (reason: Refusal): string | undefined => {
  if (!isOnPages(reason.code)) return undefined;
  const said = REFUSALS[reason.code];
  return typeof said === 'function' ? said(reason) : said;
};

export const pages: PageWords = {
  language: 'es',

  link: ({ address, title, lost }) => ({
    title,
    text: [
      ...(lost ? ['Lo que has escrito no se ha guardado: tu grupo responde en una página propia.'] : []),
      'Esto se abre en una página de Hearth, para que lo que cuentas o lees no pase por Discord.',
      'La página es solo para ti: no la compartas, por favor. Se puede usar una vez, en los próximos 15 minutos.',
    ].join('\n'),
    links: [{ label: 'Abrir la página', address }],
  }),
  notRepeated: (card) => ({
    ...card,
    text: `${card.text}\n\nLo que has escrito no se ha guardado, y no se repite aquí: es para una página de Hearth, y no para Discord.`,
  }),
  noted: () => ({ text: 'Queda anotado, gracias. No hace falta nada más.' }),

  isFor: (name, group) => `Para ${name}, en el grupo ${group}. Si no eres tú, cierra esta página, por favor.`,
  openUntil: (time) => `Puedes enviarla una vez, hasta las ${time}.`,
  notThroughDiscord: 'Lo que está aquí no pasa por Discord.',
  readyToShow: 'Se te muestra una vez, cuando pulses el botón.',
  send: 'Enviar',
  show: 'Mostrármelo',
  leaveOut: 'Dejarlo sin responder',
  choose: 'Elige, por favor',
  optional: 'si quieres',
  upTo: (most) => `Hasta ${most}`,
  atMostCharacters: (most) => `Como máximo ${most} caracteres`,

  somethingIsMissing: 'Ya casi está. Todavía no se ha enviado nada:',
  errorPrefix: 'Ya casi está',
  problem: ({ description, what, limit = 0 }) => `${description}: ${PROBLEMS[what](limit)}`,
  notDone: 'No se ha podido hacer',
  refusal,
  fault: (reference) =>
    `Algo ha fallado por nuestra parte, no por la tuya. Lo que escribiste está abajo: envíalo otra vez, por favor. Si vuelve a pasar, di esta referencia a quienes mantienen Hearth: ${reference}`,

  done: 'Hecho',
  whatNext: 'Lo que puedes hacer ahora',
  moreInDiscord:
    'Puedes hacer algo más. Lo encuentras en Discord, que te da enseguida una página nueva para ello.',
  closeThis: 'Ya puedes cerrar esta página.',

  used: {
    title: 'Esta página ya se ha usado',
    paragraphs: [
      'Lo que se envió con ella está guardado, y se abre una sola vez.',
      `¿Hay algo más? ${ASK_AGAIN}`,
    ],
  },
  closed: {
    title: 'Esta página se ha cerrado',
    paragraphs: [
      'Cada página se cierra a los 15 minutos como mucho, para que nadie la encuentre después.',
      ASK_AGAIN,
    ],
  },
  unknown: {
    title: 'Aquí no hay ninguna página',
    paragraphs: ['Puede que la dirección esté incompleta o sea demasiado antigua.', ASK_AGAIN],
  },
  tooMany: {
    title: 'Espera un momento, por favor',
    paragraphs: [
      'Se han pedido páginas muchas veces desde tu dirección. Inténtalo otra vez dentro de un minuto, por favor.',
    ],
  },
  tooMuch: {
    title: 'Era demasiado de una vez',
    paragraphs: [
      'Se ha enviado más de lo que cabe en una página. No se ha guardado nada. Vuelve atrás y acórtalo, por favor.',
    ],
  },
  fromElsewhere: {
    title: 'Esto no venía de nuestra página',
    paragraphs: ['Se ha enviado algo aquí desde otra página web, y no se ha guardado nada.', ASK_AGAIN],
  },
  failed: (reference) => ({
    title: 'Algo ha fallado por nuestra parte',
    paragraphs: [
      'No ha sido por ti. Inténtalo otra vez dentro de un momento, por favor.',
      `Si vuelve a pasar, di esta referencia a quienes mantienen Hearth: ${reference}`,
    ],
  }),
  whatYouWrote: 'Esto es lo que escribiste; no se ha guardado',

  signIn: {
    title: 'Inicia sesión, por favor',
    paragraphs: [
      'Esta página muestra lo que han contado otras personas. Discord dice quién eres, y un código de tu dispositivo que eres tú.',
      'Vale 15 minutos sin abrir páginas, y 8 horas como máximo. `/sign-in end` la termina en todas partes.',
    ],
  },
  signInButton: 'Iniciar sesión con Discord',
  noSignIn: {
    title: 'Aquí todavía no se puede iniciar sesión',
    paragraphs: [
      'Primero tiene que prepararlo quien mantiene Hearth: el README dice cómo. Hasta entonces esta página no se muestra a quienes facilitan.',
    ],
  },
  signInFailed: {
    title: 'No se ha podido iniciar la sesión',
    paragraphs: ['Discord no ha dicho quién eres, o ha tardado demasiado.', ASK_AGAIN],
  },
  enrol: {
    title: 'Un segundo factor, una sola vez',
    paragraphs: [
      'Abre una aplicación de autenticación en tu teléfono y léele esta imagen; o escribe allí el secreto que está debajo.',
      'Después escribe las seis cifras que muestra la aplicación.',
    ],
  },
  secretIs: 'Secreto',
  code: 'Código',
  codeHint: 'Seis cifras de tu aplicación, o uno de tus códigos por si pierdes el dispositivo',
  recovery: {
    title: 'Guarda estos códigos',
    paragraphs: [
      'Si pierdes el dispositivo, cada uno te deja entrar una vez. Se muestran solo ahora: apúntalos donde nadie más los encuentre. Los que recibiste antes ya no valen.',
    ],
  },
  goOn: 'Seguir a tu página',

  somebody: (code) => `alguien (${code})`,
  aRoom: 'la sala del grupo',
};
