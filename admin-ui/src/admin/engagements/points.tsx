import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useT, useTerm } from '../app/i18n';
import { useAction } from '../app/outcome';
import { useSession } from '../app/session';
import { AppealPointDocument, ConductPointsDocument, type ConductPointsQuery } from '../gql/graphql';
import { Chip } from '../kit/chip';
import { useFormat } from '../kit/format';
import { LinkButton } from '../kit/link';
import { Paged } from '../kit/paged';
import { PAGE_SIZE, usePages } from '../kit/pager';
import { ReasonDialog } from '../kit/reason';
import { Nothing } from '../kit/state';
import { DataTable } from '../kit/table';

type Row = NonNullable<ConductPointsQuery['conductPoints']>['edges'][number]['node'];

/** Points for no-shows and late cancellations (履约记分): they expire, can be appealed, and nobody is ranked by them. */
export function Points() {
  const t = useT();
  const { slug, can } = useSession();
  const pages = usePages();
  const [appealing, setAppealing] = useState<Row | null>(null);
  const [appeal] = useAction(AppealPointDocument);
  const query = useQuery({ query: ConductPointsDocument, variables: { first: PAGE_SIZE, after: pages.after } });
  return (
    <>
      <div className="list-head">
        <p className="soft">{t('points.lead')}</p>
        {can('case.read') ? (
          <LinkButton to="/$slug/cases" params={{ slug }}>
            {t('points.cases')}
          </LinkButton>
        ) : null}
      </div>
      <Paged query={query} pages={pages} of={(data) => data.conductPoints}>
        {(rows) => <List rows={rows} onAppeal={can('engagement.appeal') ? setAppealing : undefined} />}
      </Paged>
      {appealing ? (
        <ReasonDialog
          name="appeal"
          danger={false}
          max={1000}
          title={t('points.appealTitle', { name: appealing.workerName })}
          text={t('points.appealText')}
          submitText={t('points.appeal')}
          onClose={() => setAppealing(null)}
          onDone={() => query[1]({ requestPolicy: 'network-only' })}
          onSubmit={(reason) => appeal({ id: appealing.id, reason })}
        />
      ) : null}
    </>
  );
}

function List({ rows, onAppeal }: { rows: Row[]; onAppeal: ((row: Row) => void) | undefined }) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  const { slug } = useSession();
  return (
    <DataTable<Row>
      rowKey="id"
      aria-label={t('engage.tab.points')}
      dataSource={rows}
      scroll={{ x: 820 }}
      locale={{ emptyText: <Nothing text={t('points.none')} /> }}
      columns={[
        {
          title: t('engage.worker'),
          render: (_, p) => (
            <Link to="/$slug/engagements/$id" params={{ slug, id: p.engagementId }} className="strong">
              {p.workerName}
            </Link>
          ),
        },
        { title: t('points.reason'), render: (_, p) => term('pointReason', p.reason) },
        { title: t('points.points'), dataIndex: 'points' },
        { title: t('points.givenOn'), className: 'nowrap', render: (_, p) => format.date(p.givenOn) },
        {
          title: t('points.standing'),
          render: (_, p) =>
            p.liftedAt ? (
              <Chip>{t('points.lifted')}</Chip>
            ) : p.inForce ? (
              <Chip tone="warn">{t('points.until', { on: format.date(p.expiresOn) })}</Chip>
            ) : (
              <Chip>{t('points.expired')}</Chip>
            ),
        },
        { title: t('points.appealed'), render: (_, p) => <Appeal of={p} onAppeal={onAppeal} /> },
      ]}
    />
  );
}

function Appeal({ of: p, onAppeal }: { of: Row; onAppeal: ((row: Row) => void) | undefined }) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  if (p.appealReference)
    return (
      <>
        {p.appealReference}{' '}
        <Chip>{term(p.appealDecision ? 'caseDecision' : 'case', p.appealDecision ?? p.appealStatus)}</Chip>
        {p.appealDecision ? null : (
          <div className="soft">{t('points.appealDue', { on: format.date(p.appealDueOn) })}</div>
        )}
      </>
    );
  if (!onAppeal || !p.inForce || p.liftedAt) return '—';
  return (
    <Button
      size="small"
      aria-haspopup="dialog"
      aria-label={t('points.appealTitle', { name: p.workerName })}
      onClick={() => onAppeal(p)}
    >
      {t('points.appeal')}
    </Button>
  );
}
