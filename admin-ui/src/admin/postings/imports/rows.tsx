import { Link } from '@tanstack/react-router';
import { useT, useTerm } from '../../app/i18n';
import { useSession } from '../../app/session';
import type { PostingImportPageQuery } from '../../gql/graphql';
import { Chip, type Tone } from '../../kit/chip';
import { Nothing } from '../../kit/state';
import { DataTable } from '../../kit/table';

type Row = NonNullable<NonNullable<PostingImportPageQuery['postingImport']>['rows']>['edges'][number]['node'];
const TONES: Record<string, Tone> = { GOOD: 'plain', BAD: 'bad', APPLIED: 'good' };

/** The file row by row; of a bad one every cell that is wrong, with what it holds and what to do. */
export function ImportRows({ rows }: { rows: Row[] }) {
  const t = useT();
  const term = useTerm();
  const { slug } = useSession();
  return (
    <DataTable<Row>
      rowKey="row"
      aria-label={t('imports.rows')}
      dataSource={rows}
      size="small"
      scroll={{ x: 860 }}
      rowClassName={(row) => (row.status === 'BAD' ? 'row-bad' : '')}
      locale={{ emptyText: <Nothing text={t('postingImports.noRows')} /> }}
      columns={[
        { title: t('imports.col.row'), width: 60, render: (_, r) => r.row },
        { title: t('postings.externalId'), width: 120, render: (_, r) => r.externalId ?? '—' },
        { title: t('posting.partyId'), width: 200, render: (_, r) => r.party ?? '—' },
        { title: t('posting.trade'), width: 120, render: (_, r) => r.trade ?? '—' },
        {
          title: t('imports.col.status'),
          width: 110,
          render: (_, r) => <Chip tone={TONES[r.status] ?? 'plain'}>{term('postingImportRow', r.status)}</Chip>,
        },
        { title: t('postingImports.issues'), render: (_, r) => <Issues row={r} slug={slug} /> },
      ]}
    />
  );
}

function Issues({ row, slug }: { row: Row; slug: string }) {
  const t = useT();
  if (row.postingId)
    return (
      <Link to="/$slug/postings/$id" params={{ slug, id: row.postingId }}>
        {t('postingImports.open')}
      </Link>
    );
  if (row.issues.length === 0) return '—';
  return (
    <ul className="bare">
      {row.issues.map((issue) => (
        <li key={issue.column + issue.code + issue.message}>
          <b>{[issue.column, issue.columnTitle].filter(Boolean).join(' ')}</b>
          {issue.value ? <span className="soft">{` ${t('postingImports.holds', { value: issue.value })}`}</span> : null}
          <div className="issue">{issue.message}</div>
        </li>
      ))}
    </ul>
  );
}
