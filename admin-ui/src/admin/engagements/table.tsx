import { Link } from '@tanstack/react-router';
import type { TableProps } from 'antd';
import type { ReactNode } from 'react';
import { useT, useTerm } from '../app/i18n';
import { useSession } from '../app/session';
import { useHours } from '../counter/pick-shift';
import type { EngagementRowFragment } from '../gql/graphql';
import { Chip } from '../kit/chip';
import { useFormat } from '../kit/format';
import { Nothing } from '../kit/state';
import { DataTable } from '../kit/table';
import { EngagementActions } from './actions';
import { ENGAGEMENT_TONES } from './tones';

type Row = EngagementRowFragment;

interface Props {
  label: string;
  rows: Row[];
  refetch: () => void;
  /** Shifts of different postings stand in it. */
  withJob?: boolean;
  more?: NonNullable<TableProps<Row>['columns']>;
  selection?: TableProps<Row>['rowSelection'];
  empty?: string;
}

/** How an engagement stands, in a word and in what presses. */
export function Standing({ row }: { row: Row }) {
  const t = useT();
  const term = useTerm();
  return (
    <span className="cell">
      <Chip tone={ENGAGEMENT_TONES[row.status] ?? 'plain'}>
        {term('engagement', row.status)}
        {row.standbyNo && row.status === 'STANDBY' ? ` ${row.standbyNo}` : ''}
      </Chip>
      {row.disputedAt ? <Chip tone="bad">{t('engage.disputed')}</Chip> : null}
      {row.warnedAt ? <Chip tone="bad">{t('engage.warned')}</Chip> : null}
      {row.late ? <Chip tone="warn">{t('engage.late')}</Chip> : null}
      {row.groupNo ? <Chip>{t('engage.group')}</Chip> : null}
    </span>
  );
}

const STEPS = ['appliedAt', 'contactedAt', 'agreedAt', 'confirmedAt', 'arrivedAt', 'completedAt', 'paidAt'] as const;

/** The steps that were taken, each with its time. */
function Times({ row }: { row: Row }) {
  const t = useT();
  const format = useFormat();
  const taken: { step: (typeof STEPS)[number] | 'endedAt'; at: string }[] = [];
  for (const step of [...STEPS, 'endedAt'] as const) if (row[step]) taken.push({ step, at: row[step] });
  const day = taken[0] ? format.date(taken[0].at) : '';
  const short = (at: string) =>
    format.date(at) === day ? format.dateTime(at).slice(11) : format.dateTime(at).slice(5);
  return (
    <ol className="times">
      {taken.map(({ step, at }) => (
        <li key={step} title={format.dateTime(at)}>
          <span className="soft">{t(`engage.step.${step}`)}</span> <time dateTime={at}>{short(at)}</time>
        </li>
      ))}
    </ol>
  );
}

export function EngagementTable({ label, rows, refetch, withJob, more = [], selection, empty }: Props) {
  const t = useT();
  const { slug } = useSession();
  const hours = useHours();
  const job: [NonNullable<TableProps<Row>['columns']>[number]] | [] = withJob
    ? [
        {
          title: t('engage.job'),
          render: (_: unknown, r: Row): ReactNode => (
            <>
              {r.job.title}
              <div className="soft">{[hours(r.job), r.partyName].join(' · ')}</div>
            </>
          ),
        },
      ]
    : [];
  return (
    <DataTable<Row>
      rowKey="id"
      aria-label={label}
      size="middle"
      dataSource={rows}
      scroll={{ x: 820 }}
      {...(selection ? { rowSelection: selection } : {})}
      locale={{ emptyText: <Nothing text={empty ?? t('engage.none')} /> }}
      columns={[
        {
          title: t('engage.worker'),
          width: 110,
          render: (_, r) => (
            <Link to="/$slug/engagements/$id" params={{ slug, id: r.id }} className="strong">
              {r.workerName ?? t('engage.nobody')}
            </Link>
          ),
        },
        ...job,
        { title: t('engage.status'), width: 130, render: (_, r) => <Standing row={r} /> },
        { title: t('engage.steps'), render: (_, r) => <Times row={r} /> },
        ...more,
        {
          title: t('parts.actions'),
          width: 150,
          render: (_, r) => <EngagementActions row={r} refetch={refetch} />,
        },
      ]}
    />
  );
}
