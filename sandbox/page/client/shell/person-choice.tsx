/** Chooses one of the people of the story. */
import type { PagePerson } from '../../story.ts';

type PersonChoiceProps = {
  readonly label: string;
  readonly people: readonly PagePerson[];
  /** Id of whoever is chosen. */
  readonly value: string;
  readonly onChange: (id: string) => void;
};

/** A select of people, by name. */
export const PersonChoice = ({ label, people, value, onChange }: PersonChoiceProps) => (
  <label>
    {label}{' '}
    <select value={value} onChange={(event) => onChange(event.currentTarget.value)}>
      {people.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  </label>
);
