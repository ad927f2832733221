import { Button, Form, Input, InputNumber } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useT, useTerm } from '../../app/i18n';
import { useAction } from '../../app/outcome';
import { useSession } from '../../app/session';
import {
  ComputeFiguresDocument,
  MarketSamplesDocument,
  type MarketSamplesQuery,
  type MonitoringSampleInput,
  SaveMonitoringSampleDocument,
  WithdrawMonitoringSampleDocument,
} from '../../gql/graphql';
import { Chip } from '../../kit/chip';
import { TermSelect } from '../../kit/choice';
import { FormDialog } from '../../kit/form';
import { today, useFormat } from '../../kit/format';
import { PAGE_SIZE, Pager, usePages } from '../../kit/pager';
import { PartList } from '../../kit/parts';
import { Loaded } from '../../kit/state';
import { LIMITS } from '../limits';
import { amendable } from '../steps';
import type { DialogProps, TabProps } from './props';

type Samples = NonNullable<NonNullable<MarketSamplesQuery['market']>['monitoringSamples']>;
type Row = Samples['edges'][number]['node'];
const SESSIONS = ['EARLY', 'MORNING', 'AFTERNOON', 'EVENING'] as const;

/** Samples (抽样), and the figures computed from those of some days. */
export function SamplesTab({ market, refetch }: TabProps) {
  const { id } = market;
  const pages = usePages(id);
  const query = useQuery({ query: MarketSamplesDocument, variables: { id, first: PAGE_SIZE, after: pages.after } });
  const again = () => {
    query[1]({ requestPolicy: 'network-only' });
    refetch();
  };
  return (
    <Loaded query={query}>
      {({ market: read }) => {
        const samples = read?.monitoringSamples;
        if (!samples) return null;
        return (
          <>
            <SampleList market={market} rows={samples.edges.map((e) => e.node)} refetch={again} />
            {pages.page > 0 || samples.pageInfo.hasNextPage ? (
              <Pager
                pages={pages}
                pageInfo={samples.pageInfo}
                totalCount={samples.totalCount}
                shown={samples.edges.length}
              />
            ) : null}
          </>
        );
      }}
    </Loaded>
  );
}

function SampleList({ market, rows, refetch }: TabProps & { rows: Row[] }) {
  const [withdrawing, setWithdrawing] = useState<Row | null>(null);
  const [computing, setComputing] = useState(false);
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  const { can } = useSession();
  const may = amendable(market.status) && can('market.sample');
  const nameOf = (row: Row) => `${format.date(row.sampledOn)} ${term('sampleSession', row.session)}`;
  return (
    <>
      <PartList<Row>
        title={t('samples.title')}
        lead={
          <div className="gap">
            <p className="soft">{t('samples.lead')}</p>
            {amendable(market.status) && can('market.amend') ? (
              <Button onClick={() => setComputing(true)}>{t('samples.compute')}</Button>
            ) : null}
          </div>
        }
        rows={rows}
        empty={t('samples.none')}
        nameOf={nameOf}
        addText={t('samples.add')}
        refetch={refetch}
        dialog={
          may
            ? (row, close) => <SampleDialog row={row} close={close} marketId={market.id} refetch={refetch} />
            : undefined
        }
        columns={[
          { title: t('samples.on'), render: (_, r) => format.date(r.sampledOn) },
          { title: t('samples.session'), render: (_, r) => term('sampleSession', r.session) },
          { title: t('samples.seekers'), dataIndex: 'seekers' },
          { title: t('samples.successes'), dataIndex: 'successes' },
          { title: t('samples.countedBy'), dataIndex: 'countedBy' },
          {
            title: t('samples.state'),
            render: (_, r) => {
              if (r.withdrawnReason)
                return (
                  <>
                    <Chip>{t('samples.withdrawn')}</Chip>
                    <div className="soft">{r.withdrawnReason}</div>
                  </>
                );
              if (!may) return '—';
              return (
                <Button
                  size="small"
                  danger
                  aria-label={t('samples.withdrawOne', { name: nameOf(r) })}
                  onClick={() => setWithdrawing(r)}
                >
                  {t('samples.withdraw')}
                </Button>
              );
            },
          },
        ]}
      />
      {withdrawing ? (
        <WithdrawDialog
          row={withdrawing}
          name={nameOf(withdrawing)}
          close={() => setWithdrawing(null)}
          refetch={refetch}
        />
      ) : null}
      {computing ? <ComputeDialog market={market} close={() => setComputing(false)} refetch={refetch} /> : null}
    </>
  );
}

function SampleDialog({ row, close, marketId, refetch }: DialogProps<Row>) {
  const t = useT();
  const { viewer } = useSession();
  const [save] = useAction(SaveMonitoringSampleDocument);
  const required = (field: string) => [{ required: true, message: t('form.required', { field }) }];
  return (
    <FormDialog<MonitoringSampleInput>
      name="sample"
      open
      title={row ? t('samples.edit') : t('samples.add')}
      initial={row ?? { sampledOn: today(), session: 'EARLY', countedBy: viewer.account.displayName }}
      onClose={close}
      onDone={refetch}
      onSubmit={({ sampledOn, session, seekers, successes, countedBy }) =>
        save({
          marketId,
          id: row?.id ?? null,
          version: row?.version ?? null,
          input: { sampledOn, session, seekers, successes, countedBy },
        })
      }
    >
      <div className="filter-grid">
        <Form.Item name="sampledOn" label={t('samples.on')} rules={required(t('samples.on'))}>
          <Input type="date" max={today()} />
        </Form.Item>
        <Form.Item name="session" label={t('samples.session')}>
          <TermSelect group="sampleSession" values={SESSIONS} />
        </Form.Item>
        <Form.Item name="seekers" label={t('samples.seekers')} rules={required(t('samples.seekers'))}>
          <InputNumber min={0} max={LIMITS.people} precision={0} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="successes" label={t('samples.successes')} rules={required(t('samples.successes'))}>
          <InputNumber min={0} max={LIMITS.people} precision={0} style={{ width: '100%' }} />
        </Form.Item>
      </div>
      <Form.Item name="countedBy" label={t('samples.countedBy')} rules={required(t('samples.countedBy'))}>
        <Input maxLength={LIMITS.inspector} />
      </Form.Item>
    </FormDialog>
  );
}

function WithdrawDialog({
  row,
  name,
  close,
  refetch,
}: Pick<DialogProps<Row>, 'close' | 'refetch'> & { row: Row; name: string }) {
  const t = useT();
  const [withdraw] = useAction(WithdrawMonitoringSampleDocument);
  return (
    <FormDialog<{ reason: string }>
      name="withdraw-sample"
      open
      danger
      title={t('samples.withdrawOne', { name })}
      submitText={t('samples.withdraw')}
      onClose={close}
      onDone={refetch}
      onSubmit={({ reason }) => withdraw({ id: row.id, version: row.version, reason: reason.trim() })}
    >
      <Form.Item
        name="reason"
        label={t('form.reason')}
        rules={[{ required: true, whitespace: true, message: t('form.required', { field: t('form.reason') }) }]}
      >
        <Input.TextArea rows={3} maxLength={LIMITS.reason} />
      </Form.Item>
    </FormDialog>
  );
}

/** Both figures at once: the mean of the days of a window. */
function ComputeDialog({ market, close, refetch }: TabProps & Pick<DialogProps<Row>, 'close'>) {
  const t = useT();
  const [compute] = useAction(ComputeFiguresDocument);
  const required = (field: string) => [{ required: true, message: t('form.required', { field }) }];
  return (
    <FormDialog<{ from: string; to: string }>
      name="compute"
      open
      title={t('samples.compute')}
      initial={{ from: `${today().slice(0, 8)}01`, to: today() }}
      onClose={close}
      onDone={refetch}
      onSubmit={({ from, to }) => compute({ id: market.id, version: market.version, from, to })}
    >
      <p>{t('samples.computeText')}</p>
      <div className="filter-grid">
        <Form.Item name="from" label={t('samples.from')} rules={required(t('samples.from'))}>
          <Input type="date" max={today()} />
        </Form.Item>
        <Form.Item name="to" label={t('samples.to')} rules={required(t('samples.to'))}>
          <Input type="date" max={today()} />
        </Form.Item>
      </div>
    </FormDialog>
  );
}
