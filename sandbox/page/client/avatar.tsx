/** A coloured circle with somebody's initial; it says nothing that their name does not. */

const COLOURS = 6;

const colourOf = (id: string): number => Number(BigInt(id) % BigInt(COLOURS * 7)) % COLOURS;

/** The circle of somebody. */
export const Avatar = ({ name, id }: { readonly name: string; readonly id: string }) => (
  <span class={`avatar colour-${colourOf(id)}`} aria-hidden="true">
    {[...name][0]?.toUpperCase()}
  </span>
);
