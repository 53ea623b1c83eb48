import { useId } from 'preact/hooks';

interface Props<V extends string> {
  legend: string;
  /** Goes into `data-choice`, for tests. */
  choice: string;
  options: readonly (readonly [value: V, label: string])[];
  value: V;
  choose: (value: V) => void;
}

/** One choice out of a few, all in sight. */
export function RadioRow<V extends string>({ legend, choice, options, value, choose }: Props<V>) {
  const name = useId();
  return (
    <fieldset class="radios" data-choice={choice}>
      <legend>{legend}</legend>
      {options.map(([option, label]) => (
        <label key={option}>
          <input
            type="radio"
            name={name}
            value={option}
            checked={option === value}
            onChange={() => choose(option)}
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}
