import { Alert, Form, Input, Space } from 'antd';
import { useRef, useState } from 'react';
import { useClient, useQuery } from 'urql';
import { useT, useTerm } from '../../app/i18n';
import { Act, useAction } from '../../app/outcome';
import { useSession } from '../../app/session';
import {
  MarketChecksDocument,
  type MarketChecksQuery,
  RecordSafetyCheckDocument,
  type SafetyCheckInput,
  WithdrawSafetyCheckDocument,
} from '../../gql/graphql';
import { sendFile } from '../../imports/upload';
import { Chip } from '../../kit/chip';
import { TermSelect } from '../../kit/choice';
import { FormDialog } from '../../kit/form';
import { today, useFormat } from '../../kit/format';
import { Paged } from '../../kit/paged';
import { PAGE_SIZE, usePages } from '../../kit/pager';
import { PartList } from '../../kit/parts';
import { useRequired } from '../../kit/rules';
import { LIMITS } from '../limits';
import { amendable } from '../steps';
import type { DialogProps, TabProps } from './props';

type Checks = NonNullable<NonNullable<MarketChecksQuery['market']>['safetyChecks']>;
type Row = Checks['edges'][number]['node'];
const ITEMS = [
  'EVACUATION_ROUTE',
  'FIRE_EQUIPMENT',
  'SECURITY_EQUIPMENT',
  'ELECTRICAL',
  'SANITATION',
  'STRUCTURE',
] as const;

/** The safety checklist (安全检查); from it, and only from it, follows whether the market is standardised (规范化达标). */
export function ChecksTab({ market, refetch }: TabProps) {
  const { id } = market;
  const pages = usePages(id);
  const query = useQuery({ query: MarketChecksDocument, variables: { id, first: PAGE_SIZE, after: pages.after } });
  const again = () => {
    query[1]({ requestPolicy: 'network-only' });
    refetch();
  };
  return (
    <Paged query={query} pages={pages} of={(data) => data.market?.safetyChecks}>
      {(rows) => <CheckList market={market} rows={rows} refetch={again} />}
    </Paged>
  );
}

function CheckList({ market, rows, refetch }: TabProps & { rows: Row[] }) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  const { can } = useSession();
  const [withdraw] = useAction(WithdrawSafetyCheckDocument);
  const may = amendable(market.status) && can('market.inspect');
  return (
    <PartList<Row>
      title={t('checks.title')}
      lead={<StandardisedNote market={market} />}
      rows={rows}
      empty={t('checks.none')}
      nameOf={(row) => t('checks.name', { item: term('check', row.item), date: format.date(row.inspectedOn) })}
      addText={t('checks.add')}
      canEdit={false}
      refetch={refetch}
      withdraw={({ id }, reason: string) => withdraw({ id, reason })}
      dialog={may ? (_, close) => <CheckDialog close={close} marketId={market.id} refetch={refetch} /> : undefined}
      columns={[
        { title: t('checks.item'), render: (_, r) => term('check', r.item) },
        { title: t('checks.result'), render: (_, r) => <Result row={r} /> },
        { title: t('checks.inspector'), dataIndex: 'inspector' },
        { title: t('checks.on'), render: (_, r) => format.date(r.inspectedOn) },
        { title: t('checks.until'), render: (_, r) => format.date(r.expiresOn) },
        { title: t('checks.note'), render: (_, r) => r.note ?? '—' },
        { title: t('checks.photos'), render: (_, r) => <Photos of={r} /> },
      ]}
    />
  );
}

function Result({ row }: { row: Row }) {
  const t = useT();
  const term = useTerm();
  return (
    <Space size={4} wrap>
      <Chip tone={row.result === 'PASSED' ? 'good' : 'bad'}>{term('checkResult', row.result)}</Chip>
      {row.expired ? <Chip tone="warn">{t('checks.expired')}</Chip> : null}
      {row.newest || row.withdrawnReason ? null : <Chip>{t('checks.replaced')}</Chip>}
    </Space>
  );
}

function Photos({ of: { photos } }: { of: Row }) {
  if (photos.length === 0) return '—';
  return (
    <ul className="bare">
      {photos.map(({ id, url, fileName }) => (
        <li key={id}>
          {url ? (
            <a href={url} target="_blank" rel="noreferrer">
              {fileName}
            </a>
          ) : (
            fileName
          )}
        </li>
      ))}
    </ul>
  );
}

function StandardisedNote({ market: { standardisation: s } }: Pick<TabProps, 'market'>) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  const list = (items: readonly string[]) => format.list(items.map((item) => term('check', item)));
  if (s.standardised) return <Alert className="gap" type="success" showIcon title={t('checks.standardised')} />;
  return (
    <Alert
      className="gap"
      type="warning"
      showIcon
      title={t('checks.notStandardised')}
      description={
        <ul>
          {s.missing.length ? <li>{t('checks.missing', { items: list(s.missing) })}</li> : null}
          {s.failed.length ? <li>{t('checks.failed', { items: list(s.failed) })}</li> : null}
          {s.expired.length ? <li>{t('checks.expiredItems', { items: list(s.expired) })}</li> : null}
          {s.missing.length + s.failed.length + s.expired.length === 0
            ? s.reasons.map((reason) => <li key={reason}>{reason}</li>)
            : null}
        </ul>
      }
    />
  );
}

function CheckDialog({ close, marketId, refetch }: Omit<DialogProps<Row>, 'row'>) {
  const t = useT();
  const { viewer } = useSession();
  const client = useClient();
  const act = useRef(new Act());
  const [files, setFiles] = useState<File[]>([]);
  const [record] = useAction(RecordSafetyCheckDocument);
  const required = useRequired();
  return (
    <FormDialog<SafetyCheckInput>
      name="check"
      title={t('checks.add')}
      initial={{ result: 'PASSED', inspector: viewer.account.displayName, inspectedOn: today() }}
      onClose={close}
      onDone={refetch}
      onSubmit={async (values) => {
        const photos: string[] = [];
        for (const file of files) {
          const sent = await sendFile(client, file, 'CHECK_PHOTO', act.current);
          if (sent.kind !== 'done') return sent;
          photos.push(sent.value.id);
        }
        return record({ marketId, input: { ...values, note: values.note?.trim() || null, photos } });
      }}
    >
      <Form.Item name="item" label={t('checks.item')} rules={required(t('checks.item'))}>
        <TermSelect group="check" values={ITEMS} />
      </Form.Item>
      <Form.Item name="result" label={t('checks.result')}>
        <TermSelect group="checkResult" values={['PASSED', 'FAILED']} />
      </Form.Item>
      <Form.Item name="inspector" label={t('checks.inspector')} rules={required(t('checks.inspector'))}>
        <Input maxLength={LIMITS.inspector} />
      </Form.Item>
      <div className="filter-grid">
        <Form.Item name="inspectedOn" label={t('checks.on')} rules={required(t('checks.on'))}>
          <Input type="date" max={today()} />
        </Form.Item>
        <Form.Item name="expiresOn" label={t('checks.until')} rules={required(t('checks.until'))}>
          <Input type="date" />
        </Form.Item>
      </div>
      <Form.Item name="note" label={t('checks.note')}>
        <Input.TextArea rows={2} maxLength={LIMITS.checkNote} />
      </Form.Item>
      <Form.Item label={t('checks.photos')} htmlFor="check_photos" extra={t('checks.photosHint', { n: LIMITS.photos })}>
        <input
          id="check_photos"
          type="file"
          className="file"
          accept="image/png,image/jpeg,image/webp"
          multiple
          onChange={(e) => setFiles([...(e.target.files ?? [])].slice(0, LIMITS.photos))}
        />
      </Form.Item>
    </FormDialog>
  );
}
