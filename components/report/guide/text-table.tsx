import { CodeText } from '../../shared/code-text.tsx';

interface Props {
  /** One a column. */
  titles: readonly string[];
  /** The cells of each row; the first one tells rows apart. */
  rows: readonly (readonly string[])[];
}

/** A table of texts, with their code shown as code. */
export function TextTable({ titles, rows }: Props) {
  return (
    <div class="text-table">
      <table>
        <thead>
          <tr>
            {titles.map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells) => (
            <tr key={cells[0]}>
              {cells.map((cell, i) => (
                <td key={titles[i]}>
                  <CodeText text={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
