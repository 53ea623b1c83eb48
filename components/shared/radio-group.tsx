import { useId } from 'preact/hooks';

interface Props<V extends string> {
  legend: string;
  /** Its name in `data-choice`, for tests. */
  choice: string;
  options: readonly (readonly [value: V, label: string])[];
  value: V;
  onChange: (value: V) => void;
}

/** A choice of one out of a few, all in sight. */
export function RadioGroup<V extends string>({
  legend,
  choice,
  options,
  value,
  onChange,
}: Props<V>) {
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
            onChange={() => onChange(option)}
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}
