/** Shows what people and bots write, in Discord's dialect of Markdown: as elements, never as HTML. */
import { parse } from 'discord-markdown-parser';
import type { ComponentChildren } from 'preact';
import { memo } from 'preact/compat';
import { useState } from 'preact/hooks';
import { useClient } from './hooks.ts';
import { Moment } from './moment.tsx';
import { nameOf, roomName } from './view.ts';

/** What the parser gives: each kind of node has some of these. */
type Node = {
  readonly type: string;
  readonly content?: string | readonly Node[];
  readonly level?: number;
  readonly target?: string;
  readonly id?: string;
  readonly name?: string;
  readonly fullName?: string;
  readonly timestamp?: string;
  readonly format?: string;
};

/** Milliseconds for a room to be drawn before a message of it is looked for. */
const SHOW_AFTER = 300;

/** Whether an address is one that a reader may follow. */
export const isWebAddress = (address: string): boolean =>
  URL.canParse(address) && /^https?:$/.test(new URL(address).protocol);

const inside = ({ content }: Node): readonly Node[] =>
  typeof content === 'string' ? [{ type: 'text', content }] : (content ?? []);

const plain = ({ content }: Node): string => (typeof content === 'string' ? content : '');

const Spoiler = ({ children }: { readonly children: ComponentChildren }) => {
  const [open, setOpen] = useState(false);
  if (open) return <span class="spoiler open">{children}</span>;
  return (
    <button type="button" class="spoiler" onClick={() => setOpen(true)}>
      Spoiler: show it
    </button>
  );
};

/** Names whom or what an id stands for, as this person knows it. */
const Mention = ({ kind, id, guildId }: { kind: string; id: string; guildId: string | null }) => {
  const { view } = useClient();
  if (kind === 'user') return <span class="mention">@{nameOf(view, id, guildId)}</span>;
  if (kind === 'role') {
    const name = view.servers.get(guildId ?? '')?.roles.get(id)?.name ?? 'unknown role';
    return <span class="mention">@{name.replace(/^@/, '')}</span>;
  }
  const room = view.sight.rooms.get(id);
  return <span class="mention">{room ? `#${roomName(view, room)}` : '#no-access'}</span>;
};

const TO_A_MESSAGE = /^https:\/\/(?:\w+\.)?discord\.com\/channels\/(?:\d+|@me)\/(\d+)(?:\/(\d+))?$/;

/** Opens the room of a message, and brings it into sight. */
const useShow = (): ((room: string, message: string | undefined) => void) => {
  const { view, changed } = useClient();
  return (room, message) => {
    if (view.sight.rooms.has(room)) view.open = room;
    changed();
    const show = () => document.querySelector(`[data-message="${message}"]`)?.scrollIntoView();
    setTimeout(show, SHOW_AFTER);
  };
};

const Link = ({ to, children }: { readonly to: string; readonly children: ComponentChildren }) => {
  const show = useShow();
  const [, room, message] = TO_A_MESSAGE.exec(to) ?? [];
  if (room !== undefined)
    return (
      <button type="button" class="plain inline" onClick={() => show(room, message)}>
        {children}
      </button>
    );
  return isWebAddress(to) ? (
    <a href={to} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  ) : (
    <span>{children}</span>
  );
};

const One = ({ node, guildId }: { readonly node: Node; readonly guildId: string | null }) => {
  const within = () => <Lines nodes={inside(node)} guildId={guildId} />;
  switch (node.type) {
    case 'strong':
      return <strong>{within()}</strong>;
    case 'em':
      return <em>{within()}</em>;
    case 'underline':
      return <u>{within()}</u>;
    case 'strikethrough':
      return <s>{within()}</s>;
    case 'spoiler':
      return <Spoiler>{within()}</Spoiler>;
    case 'inlineCode':
      return <code>{plain(node)}</code>;
    case 'codeBlock':
      return (
        <pre>
          <code>{plain(node)}</code>
        </pre>
      );
    case 'blockQuote':
      return <blockquote>{within()}</blockquote>;
    case 'heading':
      // Each stands under the name of who wrote it, however large it is.
      return <h3 class={`heading-${node.level ?? 3}`}>{within()}</h3>;
    case 'subtext':
      return <small class="subtext">{within()}</small>;
    case 'link':
    case 'url':
    case 'autolink':
      return <Link to={node.target ?? ''}>{within()}</Link>;
    case 'user':
    case 'role':
    case 'channel':
      return <Mention kind={node.type} id={node.id ?? ''} guildId={guildId} />;
    case 'everyone':
    case 'here':
      return <span class="mention">@{node.type}</span>;
    case 'timestamp':
      return <Moment moment={Number(node.timestamp) * 1000} style={node.format ?? 'f'} />;
    case 'slashCommand':
      return <span class="mention">/{node.fullName ?? node.name}</span>;
    case 'emoji':
      return <>:{node.name}:</>;
    case 'twemoji':
      return <>{node.name}</>;
    default:
      return <>{plain(node)}</>;
  }
};

const isBreak = ({ type }: Node): boolean => type === 'br' || type === 'newline';

const linesOf = (nodes: readonly Node[]): Node[][] => {
  const lines: Node[][] = [[]];
  for (const node of nodes) {
    if (isBreak(node)) lines.push([]);
    else lines.at(-1)?.push(node);
  }
  return lines;
};

const BULLET = /^\s*[-*] /;

const isItem = ([first]: readonly Node[]): boolean => first?.type === 'text' && BULLET.test(plain(first));

const withoutBullet = ([first, ...rest]: readonly Node[]): Node[] =>
  first ? [{ ...first, content: plain(first).replace(BULLET, '') }, ...rest] : [];

/** Lines of one kind that follow one another. */
const groupsOf = (lines: readonly Node[][]): { isList: boolean; lines: Node[][] }[] => {
  const groups: { isList: boolean; lines: Node[][] }[] = [];
  for (const line of lines) {
    const isList = isItem(line);
    const last = groups.at(-1);
    if (last?.isList === isList) last.lines.push(line);
    else groups.push({ isList, lines: [line] });
  }
  return groups;
};

const Inline = ({ nodes, guildId }: { readonly nodes: readonly Node[]; readonly guildId: string | null }) => (
  <>
    {nodes.map((node, index) => (
      <One key={index} node={node} guildId={guildId} />
    ))}
  </>
);

const Lines = ({ nodes, guildId }: { readonly nodes: readonly Node[]; readonly guildId: string | null }) => (
  <>
    {groupsOf(linesOf(nodes)).map(({ isList, lines }, index) =>
      isList ? (
        <ul key={index}>
          {lines.map((line, item) => (
            <li key={item}>
              <Inline nodes={withoutBullet(line)} guildId={guildId} />
            </li>
          ))}
        </ul>
      ) : (
        lines.map((line, at) => (
          <span key={`${index}-${at}`} class="line">
            <Inline nodes={line} guildId={guildId} />
            {at < lines.length - 1 && <br />}
          </span>
        ))
      ),
    )}
  </>
);

/** A text as its readers see it; `guildId` is where its mentions are looked up. */
export const Markdown = memo(
  ({ text, guildId }: { readonly text: string; readonly guildId: string | null }) => (
    // The parser's own type names less than it gives.
    <div class="markdown">
      <Lines nodes={parse(text, 'extended') as unknown as Node[]} guildId={guildId} />
    </div>
  ),
);
