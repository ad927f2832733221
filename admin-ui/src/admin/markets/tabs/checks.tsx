import { Alert, Button, Form, Input } from 'antd';
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
import { PAGE_SIZE, Pager, usePages } from '../../kit/pager';
import { PartList } from '../../kit/parts';
import { Loaded } from '../../kit/state';
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
    <Loaded query={query}>
      {({ market: read }) => {
        const checks = read?.safetyChecks;
        if (!checks) return null;
        return (
          <>
            <CheckList market={market} rows={checks.edges.map((e) => e.node)} refetch={again} />
            {pages.page > 0 || checks.pageInfo.hasNextPage ? (
              <Pager
                pages={pages}
                pageInfo={checks.pageInfo}
                totalCount={checks.totalCount}
                shown={checks.edges.length}
              />
            ) : null}
          </>
        );
      }}
    </Loaded>
  );
}

function CheckList({ market, rows, refetch }: TabProps & { rows: Row[] }) {
  const [withdrawing, setWithdrawing] = useState<Row | null>(null);
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  const { can } = useSession();
  const may = amendable(market.status) && can('market.inspect');
  const list = (
    <PartList<Row>
      title={t('checks.title')}
      lead={<StandardisedNote market={market} />}
      rows={rows}
      empty={t('checks.none')}
      nameOf={(row) => term('check', row.item)}
      addText={t('checks.add')}
      canEdit={false}
      refetch={refetch}
      dialog={
        may ? (_, close) => <CheckDialog row={null} close={close} marketId={market.id} refetch={refetch} /> : undefined
      }
      columns={[
        { title: t('checks.item'), render: (_, r) => term('check', r.item) },
        {
          title: t('checks.result'),
          render: (_, r) => (
            <>
              <Chip tone={r.result === 'PASSED' ? 'good' : 'bad'}>{term('checkResult', r.result)}</Chip>{' '}
              {r.expired ? <Chip tone="warn">{t('checks.expired')}</Chip> : null}{' '}
              {r.newest || r.withdrawnReason ? null : <Chip>{t('checks.replaced')}</Chip>}
              {r.withdrawnReason ? (
                <>
                  <Chip>{t('checks.withdrawn')}</Chip>
                  <div className="soft">{r.withdrawnReason}</div>
                </>
              ) : null}
            </>
          ),
        },
        { title: t('checks.inspector'), dataIndex: 'inspector' },
        { title: t('checks.on'), render: (_, r) => format.date(r.inspectedOn) },
        { title: t('checks.until'), render: (_, r) => format.date(r.expiresOn) },
        { title: t('checks.note'), render: (_, r) => r.note ?? '—' },
        {
          title: t('checks.photos'),
          render: (_, r) =>
            r.photos.length
              ? r.photos.map((photo) => (
                  <div key={photo.id}>
                    {photo.url ? (
                      <a href={photo.url} target="_blank" rel="noreferrer">
                        {photo.fileName}
                      </a>
                    ) : (
                      photo.fileName
                    )}
                  </div>
                ))
              : '—',
        },
        ...(may
          ? [
              {
                title: t('parts.actions'),
                width: 110,
                render: (_: unknown, r: Row) =>
                  r.withdrawnReason === null ? (
                    <Button
                      size="small"
                      danger
                      aria-label={t('checks.withdrawOne', {
                        item: term('check', r.item),
                        date: format.date(r.inspectedOn),
                      })}
                      onClick={() => setWithdrawing(r)}
                    >
                      {t('checks.withdraw')}
                    </Button>
                  ) : null,
              },
            ]
          : []),
      ]}
    />
  );
  return (
    <>
      {list}
      {withdrawing ? <WithdrawDialog row={withdrawing} close={() => setWithdrawing(null)} refetch={refetch} /> : null}
    </>
  );
}

function StandardisedNote({ market: { standardisation: s } }: Pick<TabProps, 'market'>) {
  const t = useT();
  const term = useTerm();
  const list = (items: readonly string[]) => items.map((item) => term('check', item)).join('、');
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

/** A check entered by mistake is withdrawn and says why; it stays in the record and counts no more. */
function WithdrawDialog({ row, close, refetch }: Pick<DialogProps<Row>, 'close' | 'refetch'> & { row: Row }) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  const [withdraw] = useAction(WithdrawSafetyCheckDocument);
  return (
    <FormDialog<{ reason: string }>
      name="withdraw-check"
      open
      danger
      title={t('checks.withdrawOne', { item: term('check', row.item), date: format.date(row.inspectedOn) })}
      submitText={t('checks.withdraw')}
      onClose={close}
      onDone={refetch}
      onSubmit={({ reason }) => withdraw({ id: row.id, reason: reason.trim() })}
    >
      <p>{t('checks.withdrawText')}</p>
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

function CheckDialog({ close, marketId, refetch }: DialogProps<Row>) {
  const t = useT();
  const { viewer } = useSession();
  const client = useClient();
  const act = useRef(new Act());
  const [files, setFiles] = useState<File[]>([]);
  const [record] = useAction(RecordSafetyCheckDocument);
  const required = (field: string) => [{ required: true, message: t('form.required', { field }) }];
  return (
    <FormDialog<SafetyCheckInput>
      name="check"
      open
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
          accept="image/png,image/jpeg,image/webp"
          multiple
          onChange={(e) => setFiles([...(e.target.files ?? [])].slice(0, LIMITS.photos))}
        />
      </Form.Item>
    </FormDialog>
  );
}
