/** Small pictures that stand beside words, never in their place. */

const PATHS = {
  hash: 'M9 4 7 20M17 4l-2 16M4 9h16M3 15h16',
  sound: 'M4 9v6h4l5 4V5L8 9zM16 9a4 4 0 0 1 0 6M18.5 6.5a8 8 0 0 1 0 11',
  calendar: 'M4 6h16v14H4zM4 10h16M8 3v4M16 3v4',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 20c1-4 4-6 8-6s7 2 8 6',
  eye: 'M2 12s4-6 10-6 10 6 10 6-4 6-10 6S2 12 2 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
  'mic-off': 'M9 9V6a3 3 0 0 1 6 0v5M6 11a6 6 0 0 0 9 5M18 11v1M12 18v3M4 4l16 16',
  'ear-off': 'M5 14v-2a7 7 0 0 1 11-6M19 12v5a2 2 0 0 1-2 2M5 14v3a2 2 0 0 0 4 0v-3zM4 4l16 16',
  camera: 'M3 7h12v10H3zM15 11l6-4v10l-6-4z',
  wave: 'M4 10v4M8 7v10M12 4v16M16 7v10M20 10v4',
  link: 'M10 14l9-9M13 5h6v6M17 14v5H5V7h5',
  menu: 'M4 7h16M4 12h16M4 17h16',
  close: 'M6 6l12 12M18 6 6 18',
  file: 'M6 3h8l4 4v14H6zM14 3v4h4',
} as const;

/** The name of a picture. */
export type IconName = keyof typeof PATHS;

/** A picture that is not read out. */
export const Icon = ({ name }: { readonly name: IconName }) => (
  <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <path d={PATHS[name]} />
  </svg>
);
