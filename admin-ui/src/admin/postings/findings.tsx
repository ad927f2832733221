import { Alert } from 'antd';
import { useT, useTerm } from '../app/i18n';
import type { FindingLineFragment, FindingSeverity } from '../gql/graphql';
import { Chip, type Tone } from '../kit/chip';
import { type Numbered, numbered, piecesOf, wordsOf } from './marks';

const TONES: Record<FindingSeverity, Tone> = { BLOCKS: 'bad', WARNS: 'warn', CANNOT_CHECK: 'plain' };

/** A text of a posting with the words that the linter is about marked, each with the numbers of what it says. */
export function MarkedText({ text, field, all }: { text: string; field: string; all: readonly Numbered[] }) {
  const t = useT();
  return (
    <span className="prose">
      {piecesOf(text, field, all).map((piece) =>
        piece.severity ? (
          <mark key={piece.at} className={`found ${TONES[piece.severity]}`}>
            {piece.text}
            <sup title={t('lint.numbers', { numbers: piece.numbers.join(' ') })}>{piece.numbers.join(' ')}</sup>
          </mark>
        ) : (
          piece.text
        ),
      )}
    </span>
  );
}

interface Props {
  findings: readonly FindingLineFragment[];
  /** The text of a field as the linter read it. */
  textOf: (field: string) => string | null | undefined;
}

/** All that the linter says: about which words, why, by which article, and what to write instead. */
export function Findings({ findings, textOf }: Props) {
  const t = useT();
  if (findings.length === 0) return <Alert type="success" showIcon title={t('lint.clean')} />;
  return (
    <ol className="findings">
      {numbered(findings).map(({ n, finding }) => (
        <li key={n}>
          <FindingLine finding={finding} words={wordsOf(textOf(finding.field), finding)} n={n} />
        </li>
      ))}
    </ol>
  );
}

interface LineProps {
  finding: FindingLineFragment;
  words: string | null;
  n: number;
}

export function FindingLine({ finding, words, n }: LineProps) {
  const t = useT();
  const term = useTerm();
  return (
    <>
      <div>
        <b>{n}</b> <Chip tone={TONES[finding.severity]}>{term('findingSeverity', finding.severity)}</Chip>{' '}
        {term('postingField', finding.field)}
        {words ? (
          <>
            {' '}
            <mark className={`found ${TONES[finding.severity]}`}>{words}</mark>
          </>
        ) : null}
      </div>
      <div>{finding.why}</div>
      <div className="soft">{t('lint.law', { law: finding.law })}</div>
      <div>{t('lint.instead', { text: finding.instead })}</div>
    </>
  );
}
