/**
 * Crisis lines by country. `verifiedOn` is the day of the newest source in which the numbers were read, and no later:
 * whoever runs a programme verifies those of its countries (`/crisis-lines confirm`), and is reminded of it.
 */
import type { CrisisLines, Region } from '../src/core/crisis-line.ts';

/** A public listing of helplines. */
const FIND_A_HELPLINE = 'findahelpline.com';
const LISTED = '2023-12-01';

type Row = readonly [
  country: string,
  emergency: string,
  lines: CrisisLines['lines'],
  source?: string,
  on?: string,
];

const rows = (region: Region, entries: readonly Row[]): readonly CrisisLines[] =>
  entries.map(([country, emergency, lines, source = FIND_A_HELPLINE, verifiedOn = LISTED]) => ({
    ...{ country, region, emergency, lines, source, verifiedOn },
  }));

export const crisisLines: readonly CrisisLines[] = [
  ...rows('europe', [
    ['AT', '112', [{ name: 'Telefonseelsorge', call: '142' }]],
    [
      'BE',
      '112',
      [
        { name: 'Zelfmoordlijn', call: '1813' },
        { name: 'Centre de Prévention du Suicide', call: '0800 32 123' },
      ],
    ],
    [
      'CH',
      '112',
      [{ name: 'Die Dargebotene Hand, La Main Tendue, Telefono Amico', call: '143' }],
      'A list of 2021',
      '2021-01-01',
    ],
    ['DE', '112', [{ name: 'TelefonSeelsorge', call: '0800 111 0 111, 0800 111 0 222 / 116 123' }]],
    ['DK', '112', [{ name: 'Livslinien', call: '70 201 201' }]],
    ['ES', '112', [{ name: 'Línea 024', call: '024' }]],
    ['FI', '112', [{ name: 'Kriisipuhelin', call: '09 2525 0111' }]],
    ['FR', '112 / 15', [{ name: 'Numéro national de prévention du suicide', call: '3114' }]],
    [
      'GB',
      '999 / 112',
      [
        { name: 'Samaritans', call: '116 123' },
        { name: 'Shout', text: 'SHOUT → 85258' },
      ],
    ],
    [
      'IE',
      '112 / 999',
      [
        { name: 'Samaritans', call: '116 123' },
        { name: 'Text About It', text: 'HELLO → 50808' },
      ],
    ],
    ['IT', '112', [{ name: 'Telefono Amico Italia', call: '02 2327 2327' }]],
    ['NL', '112', [{ name: '113 Zelfmoordpreventie', call: '113 / 0800-0113' }]],
    [
      'NO',
      '112 / 113',
      [
        { name: 'Mental Helse', call: '116 123' },
        { name: 'Kirkens SOS', call: '22 40 00 40' },
      ],
    ],
    ['PL', '112', [{ name: 'Centrum Wsparcia', call: '800 70 2222' }]],
    ['SE', '112', [{ name: 'Självmordslinjen', call: '90101' }]],
    ['UA', '112', [{ name: 'Lifeline Ukraine', call: '7333' }]],
  ]),
  ...rows('americas', [
    ['AR', '911', [{ name: 'Centro de Asistencia al Suicida', call: '135 / 0800 345 1435' }]],
    ['BR', '190 / 192', [{ name: 'CVV', call: '188' }]],
    ['CA', '911', [{ name: '988 Suicide Crisis Helpline (English, français)', call: '988', text: '988' }]],
    [
      'MX',
      '911',
      [
        { name: 'Línea de la Vida', call: '800 911 2000' },
        { name: 'SAPTEL', call: '55 5259 8121' },
      ],
    ],
    [
      'US',
      '911',
      [
        { name: '988 Suicide & Crisis Lifeline', call: '988', text: '988' },
        { name: 'Crisis Text Line', text: 'HOME → 741741' },
      ],
    ],
  ]),
  ...rows('asia-pacific', [
    ['AU', '000', [{ name: 'Lifeline', call: '13 11 14', text: '0477 13 11 14' }]],
    ['HK', '999', [{ name: 'The Samaritan Befrienders', call: '2389 2222' }]],
    [
      'IN',
      '112',
      [{ name: 'Tele-MANAS', call: '14416 / 1-800-891-4416' }],
      'News of April 2025',
      '2025-04-01',
    ],
    [
      'JP',
      '110 / 119',
      [
        { name: '#Inochi SOS', call: '0120-061-338' },
        { name: 'TELL (English)', call: '03-5774-0992' },
      ],
    ],
    [
      'KR',
      '112 / 119',
      [{ name: 'Suicide prevention line', call: '109' }],
      'News of January 2024',
      '2024-01-02',
    ],
    [
      'NZ',
      '111',
      [
        { name: 'Need to talk?', call: '1737', text: '1737' },
        { name: 'Lifeline', call: '0800 543 354' },
      ],
    ],
    ['SG', '999 / 995', [{ name: 'Samaritans of Singapore', call: '1767' }]],
  ]),
  ...rows('africa-middle-east', [
    ['IL', '100 / 101', [{ name: 'ERAN', call: '1201' }]],
    ['ZA', '112', [{ name: 'SADAG', call: '0800 567 567' }]],
  ]),
];
