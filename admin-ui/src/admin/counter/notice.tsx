import type { ReactNode } from 'react';

/** The privacy notice as it is written: headings, lists, tables and paragraphs of Markdown, nothing else. */
export function NoticeText({ text }: { text: string }) {
  return <div className="notice">{text.split(/\n{2,}/).map((block, n) => part(block.trim(), n))}</div>;
}

function part(block: string, key: number): ReactNode {
  const lines = block.split('\n');
  const first = lines[0] ?? '';
  if (first.startsWith('#')) return <h3 key={key}>{first.replace(/^#+\s*/, '')}</h3>;
  if (first.startsWith('- '))
    return (
      <ul key={key}>
        {lines.map((line) => (
          <li key={line}>{line.replace(/^- /, '')}</li>
        ))}
      </ul>
    );
  if (first.startsWith('|')) return <Rows key={key} lines={lines} />;
  return block ? <p key={key}>{block}</p> : null;
}

const cells = (line: string) =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

function Rows({ lines }: { lines: string[] }) {
  const [head = '', , ...rest] = lines;
  return (
    <table>
      <thead>
        <tr>
          {cells(head).map((cell) => (
            <th key={cell} scope="col">
              {cell}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rest.map((line) => (
          <tr key={line}>
            {cells(line).map((cell) => (
              <td key={cell}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
