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
import { TermSelect } from '../../kit/choice';
import { FormDialog } from '../../kit/form';
import { today, useFormat } from '../../kit/format';
import { Paged } from '../../kit/paged';
import { PAGE_SIZE, usePages } from '../../kit/pager';
import { PartList } from '../../kit/parts';
import { useRequired } from '../../kit/rules';
import { LIMITS } from '../limits';
import { amendable } from '../steps';
import { type DialogProps, partOf, type TabProps } from './props';

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
    <Paged query={query} pages={pages} of={(data) => data.market?.monitoringSamples}>
      {(rows) => <SampleList market={market} rows={rows} refetch={again} />}
    </Paged>
  );
}

function SampleList({ market, rows, refetch }: TabProps & { rows: Row[] }) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  const { can } = useSession();
  const [withdraw] = useAction(WithdrawMonitoringSampleDocument);
  const may = amendable(market.status) && can('market.sample');
  return (
    <PartList<Row>
      title={t('samples.title')}
      lead={<Compute market={market} refetch={refetch} />}
      rows={rows}
      empty={t('samples.none')}
      nameOf={(row) => `${format.date(row.sampledOn)} ${term('sampleSession', row.session)}`}
      addText={t('samples.add')}
      refetch={refetch}
      withdraw={({ id, version }, reason: string) => withdraw({ id, version, reason })}
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
      ]}
    />
  );
}

function SampleDialog({ row, close, marketId, refetch }: DialogProps<Row>) {
  const t = useT();
  const { viewer } = useSession();
  const [save] = useAction(SaveMonitoringSampleDocument);
  const required = useRequired();
  return (
    <FormDialog<MonitoringSampleInput>
      name="sample"
      title={row ? t('samples.edit') : t('samples.add')}
      initial={row ?? { sampledOn: today(), session: 'EARLY', countedBy: viewer.account.displayName }}
      onClose={close}
      onDone={refetch}
      onClash={refetch}
      onSubmit={({ sampledOn, session, seekers, successes, countedBy }) =>
        save({ ...partOf(marketId, row), input: { sampledOn, session, seekers, successes, countedBy } })
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

/** Both figures at once: the mean of the days of a window. */
function Compute({ market, refetch }: TabProps) {
  const t = useT();
  const { can } = useSession();
  const [open, setOpen] = useState(false);
  const [compute] = useAction(ComputeFiguresDocument);
  const required = useRequired();
  return (
    <div className="gap">
      <p className="soft">{t('samples.lead')}</p>
      {amendable(market.status) && can('market.amend') ? (
        <Button onClick={() => setOpen(true)}>{t('samples.compute')}</Button>
      ) : null}
      {open ? (
        <FormDialog<{ from: string; to: string }>
          name="compute"
          title={t('samples.compute')}
          submitText={t('samples.computeNow')}
          initial={{ from: `${today().slice(0, 8)}01`, to: today() }}
          onClose={() => setOpen(false)}
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
      ) : null}
    </div>
  );
}
