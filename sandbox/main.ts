/** Keeps the sandbox as a program of its own: starts it, tells how to reach it, and stays up until it is told to end. */
import { parseArgs } from 'node:util';
import { startSandbox } from './sandbox.ts';

const NAMES = ['Ana', 'Ben', 'Carla', 'Dan', 'Elif', 'Femi', 'Grace', 'Hugo', 'Ines', 'Jonas', 'Kaya', 'Leo'];

const USAGE = `Usage: npm run sandbox -- [--json] [--port N] [--people N]
  --json      print one line of JSON instead of text
  --port N    listen on this port of 127.0.0.1 (a free one by default)
  --redirect ADDRESS  people who sign in may be sent back to it; may be given several times
  --people N  how many people there are beside the owner and an admin (8 by default)`;

/** Who can log in to a sandbox that stands alone, and as what. */
type Account = { readonly name: string; readonly id: string; readonly token: string; readonly role: string };

const whole = (name: string, value: string, most: number): number => {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 0 || number > most)
    throw new Error(`--${name} takes a whole number from 0 to ${most}, not "${value}".`);
  return number;
};

const nameOf = (index: number): string => {
  const round = Math.floor(index / NAMES.length);
  return `${NAMES[index % NAMES.length]}${round === 0 ? '' : ` ${round + 1}`}`;
};

const readOptions = () => {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
      port: { type: 'string', default: '0' },
      people: { type: 'string', default: '8' },
      redirect: { type: 'string', multiple: true, default: [] },
    },
  });
  return {
    ...values,
    port: whole('port', values.port, 65_535),
    people: whole('people', values.people, 1000),
  };
};

type Told = {
  readonly pageUrl: string | undefined;
  readonly restUrl: string;
  readonly gatewayUrl: string;
  readonly botToken: string;
  readonly applicationId: string;
  readonly clientSecret: string;
  readonly guildId: string;
  readonly people: readonly Account[];
};

const forReading = (told: Told): string => `A Discord of your own is up; be anyone in it at ${told.pageUrl}

  REST         ${told.restUrl}
  gateway      ${told.gatewayUrl}
  bot token    ${told.botToken}
  application  ${told.applicationId}
  its secret   ${told.clientSecret}
  guild        ${told.guildId}

People (log in with the token as it is, without "Bot "):
${told.people.map((it) => `  ${it.name.padEnd(18)} ${it.role.padEnd(7)} ${it.id}  ${it.token}`).join('\n')}

Try next:
  curl -H "Authorization: Bot ${told.botToken}" ${told.restUrl}/v10/users/@me
  new Client({ intents: ['Guilds'], rest: { api: '${told.restUrl}' } }).login('${told.botToken}')

Ctrl-C ends it; nothing is kept.`;

const main = async (): Promise<void> => {
  const options = readOptions();
  if (options.help) return console.log(USAGE);
  const sandbox = await startSandbox({ port: options.port, page: {} });
  for (const address of options.redirect) sandbox.addRedirect(address);
  const role = (name: string): string => {
    if (sandbox.people.get(name)?.id === sandbox.guild.ownerId) return 'owner';
    return name === 'Admin' ? 'admin' : 'member';
  };
  sandbox.addPerson('Admin', { admin: true });
  for (let index = 0; index < options.people; index++) sandbox.addPerson(nameOf(index));
  const told: Told = {
    pageUrl: sandbox.pageUrl,
    restUrl: sandbox.restUrl,
    gatewayUrl: sandbox.gatewayUrl,
    botToken: sandbox.bot.token,
    applicationId: sandbox.bot.applicationId,
    clientSecret: sandbox.bot.secret,
    guildId: sandbox.guild.id,
    people: [...sandbox.people.values()].map(({ name, id, token }) => ({
      name,
      id,
      token,
      role: role(name),
    })),
  };
  console.log(options.json ? JSON.stringify(told) : forReading(told));
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void sandbox.stop().then(() => process.exit(0)));
};

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  console.error(USAGE);
  process.exit(1);
});
