/** Keeps the errors the sandbox answers with: Discord's status, code, message and nested form errors. */

/** One complaint about one value of a request body. */
export type FormProblem = { code: string; message: string };

/** Form errors as Discord nests them: by field name or array index, `_errors` at the leaf. */
export type FormErrors = { [key: string]: FormErrors | FormProblem[] };

/** An answer that refuses: HTTP status, Discord's JSON error code, message, and form errors if any. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: number;
  readonly errors: FormErrors | undefined;

  constructor(status: number, code: number, message: string, errors?: FormErrors) {
    super(message);
    this.status = status;
    this.code = code;
    this.errors = errors;
  }

  /** The JSON body of the answer. */
  body(): { message: string; code: number; errors?: FormErrors } {
    const plain = { message: this.message, code: this.code };
    return this.errors ? { ...plain, errors: this.errors } : plain;
  }
}

// Status, code and message as Discord's tables of codes give them.
const known = {
  notFound: [404, 0, '404: Not Found'],
  methodNotAllowed: [405, 0, '405: Method Not Allowed'],
  unauthorized: [401, 0, '401: Unauthorized'],
  internal: [500, 0, '500: Internal Server Error'],
  unknownApplication: [404, 10002, 'Unknown Application'],
  unknownChannel: [404, 10003, 'Unknown Channel'],
  unknownGuild: [404, 10004, 'Unknown Guild'],
  unknownInvite: [404, 10006, 'Unknown Invite'],
  unknownMember: [404, 10007, 'Unknown Member'],
  unknownMessage: [404, 10008, 'Unknown Message'],
  unknownOverwrite: [404, 10009, 'Unknown Overwrite'],
  unknownRole: [404, 10011, 'Unknown Role'],
  unknownUser: [404, 10013, 'Unknown User'],
  unknownWebhook: [404, 10015, 'Unknown Webhook'],
  unknownBan: [404, 10026, 'Unknown Ban'],
  unknownInteraction: [404, 10062, 'Unknown interaction'],
  unknownCommand: [404, 10063, 'Unknown application command'],
  unknownVoiceState: [404, 10065, 'Unknown Voice State'],
  unknownScheduledEvent: [404, 10070, 'Unknown Guild Scheduled Event'],
  unknownAutoModerationRule: [404, 10075, 'Unknown Auto Moderation Rule'],
  botsOnly: [403, 20002, 'Only bots can use this endpoint'],
  botsNotAllowed: [403, 20001, 'Bots cannot use this endpoint'],
  notAuthorizedForApplication: [
    403,
    20012,
    'You are not authorized to perform this action on this application',
  ],
  tooManyPins: [400, 30003, 'Maximum number of pins reached (250)'],
  tooManyWebhooks: [400, 30007, 'Maximum number of webhooks reached (15)'],
  tooManyRoles: [400, 30005, 'Maximum number of server roles reached (250)'],
  tooManyChannels: [400, 30013, 'Maximum number of server channels reached (500)'],
  tooManyInvites: [400, 30016, 'Maximum number of invites reached (1000)'],
  tooManyCommandsADay: [400, 30034, 'Max number of daily application command creates has been reached (200)'],
  tooManyThreadMembers: [400, 30033, 'Maximum number of thread participants reached (1000)'],
  tooManyScheduledEvents: [400, 30038, 'Maximum number of uncompleted guild scheduled events reached (100)'],
  tooManyOverwrites: [400, 30060, 'Maximum number of channel permission overwrites reached (1000)'],
  notInVoice: [400, 40032, 'Target user is not connected to voice.'],
  alreadyAnswered: [400, 40060, 'Interaction has already been acknowledged.'],
  bannedFromGuild: [403, 40007, 'The user is banned from this guild.'],
  missingAccess: [403, 50001, 'Missing Access'],
  notInDm: [403, 50003, 'Cannot execute action on a DM channel'],
  notTheAuthor: [403, 50005, 'Cannot edit a message authored by another user'],
  emptyMessage: [400, 50006, 'Cannot send an empty message'],
  dmsClosed: [403, 50007, 'Cannot send messages to this user'],
  nonTextChannel: [400, 50008, 'Cannot send messages in a non-text channel'],
  missingPermissions: [403, 50013, 'Missing Permissions'],
  bulkDeleteCount: [
    400,
    50016,
    'Provided too few or too many messages to delete. Must provide at least 2 and fewer than 100 messages to delete',
  ],
  systemMessage: [403, 50021, 'Cannot execute action on a system message'],
  wrongChannelType: [400, 50024, 'Cannot execute action on this channel type'],
  invalidWebhookToken: [401, 50027, 'Invalid Webhook Token'],
  invalidRole: [400, 50028, 'Invalid Role'],
  invalidRecipient: [400, 50033, 'Invalid Recipient(s)'],
  tooOldForBulkDelete: [400, 50034, 'A message provided was too old to bulk delete'],
  invalidJson: [400, 50109, 'The request body contains invalid JSON.'],
  invalidApiVersion: [400, 50041, 'Invalid API version provided'],
  archivedThread: [400, 50083, 'Thread is archived'],
  noMutualGuilds: [403, 50278, 'Cannot send messages to this user due to having no mutual guilds'],
  noHistoryToReply: [400, 160002, 'Cannot reply without permission to read message history'],
  finishedEvent: [400, 180000, 'Cannot update a finished event'],
  blockedByAutoModeration: [400, 200000, 'Message was blocked by automatic moderation'],
} as const satisfies Record<string, readonly [status: number, code: number, message: string]>;

/** The refusals that have a name here. */
export type Refusal = keyof typeof known;

/** The error for a named refusal: `throw refuse('unknownChannel')`. */
export const refuse = (name: Refusal): ApiError => {
  const [status, code, message] = known[name];
  return new ApiError(status, code, message);
};

/** 400/50035 with one complaint at a path: `invalid(['embeds', 0, 'title'], 'BASE_TYPE_MAX_LENGTH', '...')`. */
export const invalid = (path: readonly (string | number)[], code: string, message: string): ApiError =>
  invalidForm(
    path.reduceRight<FormErrors>((inner, key) => ({ [key]: inner }), { _errors: [{ code, message }] }),
  );

/** 400/50035 with form errors already nested. */
export const invalidForm = (errors: FormErrors): ApiError =>
  new ApiError(400, 50035, 'Invalid Form Body', errors);
