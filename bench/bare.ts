/** What Hearth is compared with: one discord.js client, one insert, one reply. */
import { ApplicationCommandOptionType, Client, Events, GatewayIntentBits, MessageFlags } from 'discord.js';
import pg from 'pg';
import { CONNECTIONS } from '../src/adapters/postgres/store.ts';

const { BARE_TOKEN, BARE_API_URL, BARE_DATABASE_URL } = process.env;

const { Integer, String: Text } = ApplicationCommandOptionType;
const COMMAND = {
  name: 'bare-check-in',
  description: 'Say how you arrive',
  options: [
    { name: 'mood', description: 'Your mood', type: Integer, required: true },
    { name: 'energy', description: 'Your energy', type: Integer, required: true },
    { name: 'goal', description: 'Your goal', type: Text, required: true },
    { name: 'share', description: 'With whom it is shared', type: Text, required: true },
  ],
} as const;

const pool = new pg.Pool({ connectionString: BARE_DATABASE_URL, max: CONNECTIONS });
await pool.query('CREATE TABLE bare_check_in (account text, mood int, energy int, goal text, share text)');

const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: BARE_API_URL ?? '' } });
client.on(Events.InteractionCreate, async (interaction) => {
  if (!interaction.isChatInputCommand()) return;
  const { user, options } = interaction;
  await pool.query('INSERT INTO bare_check_in VALUES ($1, $2, $3, $4, $5)', [
    user.id,
    options.getInteger('mood'),
    options.getInteger('energy'),
    options.getString('goal'),
    options.getString('share'),
  ]);
  await interaction.reply({ content: 'Thank you for checking in.', flags: MessageFlags.Ephemeral });
});
client.once(Events.ClientReady, async (ready) => {
  await ready.application.commands.set([COMMAND]);
  process.stderr.write('The bare handler is up\n');
});
process.once('SIGTERM', () => process.exit(0));
await client.login(BARE_TOKEN);
