import { Button } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { type MessageKey, useT, useTerm } from '../app/i18n';
import { useAction } from '../app/outcome';
import { useSession } from '../app/session';
import {
  ResendSmsDocument,
  type SmsDirection,
  SmsMessagesDocument,
  type SmsMessagesQuery,
  type SmsStatus,
} from '../gql/graphql';
import { Chip, type Tone } from '../kit/chip';
import { TermSelect } from '../kit/choice';
import { useTell } from '../kit/feedback';
import { useFormat } from '../kit/format';
import { Labelled } from '../kit/labelled';
import { Paged } from '../kit/paged';
import { PAGE_SIZE, usePages } from '../kit/pager';
import { Nothing } from '../kit/state';
import { DataTable } from '../kit/table';

type Texts = NonNullable<SmsMessagesQuery['smsMessages']>;
type Row = Texts['edges'][number]['node'];
const TONES: Record<string, Tone> = {
  SENT: 'good',
  DELIVERED: 'good',
  RECEIVED: 'plain',
  QUEUED: 'busy',
  FAILED: 'bad',
};

const DIRECTIONS: readonly SmsDirection[] = ['OUT', 'IN'];
const STATUSES: readonly SmsStatus[] = ['QUEUED', 'SENT', 'DELIVERED', 'FAILED', 'RECEIVED'];

/** Text messages (短信): what went out, and what people answered. Where no telephone rings, this is where they are read. */
export function Texts() {
  const t = useT();
  const [direction, setDirection] = useState<SmsDirection | undefined>();
  const [status, setStatus] = useState<SmsStatus | undefined>();
  const pages = usePages(`${direction} ${status}`);
  const filter = { ...(direction ? { direction } : {}), ...(status ? { status } : {}) };
  const query = useQuery({ query: SmsMessagesDocument, variables: { first: PAGE_SIZE, after: pages.after, filter } });
  const refetch = () => query[1]({ requestPolicy: 'network-only' });
  const choice = <V extends string>(
    text: MessageKey,
    group: string,
    values: readonly V[],
    value: V | undefined,
    onChange: (value: V | undefined) => void,
  ) => (
    <Labelled text={t(text)}>
      {(id) => (
        <TermSelect
          id={id}
          group={group}
          values={values}
          value={value}
          allowClear
          placeholder={t('choice.any')}
          onChange={(next) => onChange(next as V | undefined)}
        />
      )}
    </Labelled>
  );
  return (
    <>
      <search className="filters">
        <div className="filter-grid">
          {choice('mail.direction', 'smsDirection', DIRECTIONS, direction, setDirection)}
          {choice('mail.status', 'smsStatus', STATUSES, status, setStatus)}
        </div>
      </search>
      <Paged query={query} pages={pages} of={(data) => data.smsMessages}>
        {(rows, total) => (
          <>
            <div className="list-head">
              <span role="status">{total === null ? '' : t('mail.textCount', { n: total })}</span>
              <Button onClick={refetch}>{t('mail.reload')}</Button>
            </div>
            <List rows={rows} refetch={refetch} />
          </>
        )}
      </Paged>
    </>
  );
}

function List({ rows, refetch }: { rows: Row[]; refetch: () => void }) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  const tell = useTell();
  const { can } = useSession();
  const [resend] = useAction(ResendSmsDocument);
  return (
    <DataTable<Row>
      rowKey="id"
      dataSource={rows}
      scroll={{ x: 900 }}
      aria-label={t('mail.texts')}
      locale={{ emptyText: <Nothing text={t('mail.noTexts')} /> }}
      columns={[
        { title: t('mail.direction'), className: 'nowrap', render: (_, m) => term('smsDirection', m.direction) },
        { title: t('mail.number'), className: 'nowrap', dataIndex: 'numberMasked' },
        {
          title: t('mail.words'),
          render: (_, m) => (
            <>
              <span className="as-written">{m.text ?? m.template ?? '—'}</span>
              {m.answeredAt ? (
                <div className="soft">{t('mail.answered', { at: format.dateTime(m.answeredAt) })}</div>
              ) : null}
            </>
          ),
        },
        {
          title: t('mail.status'),
          render: (_, m) => <Chip tone={TONES[m.status] ?? 'plain'}>{term('smsStatus', m.status)}</Chip>,
        },
        { title: t('mail.attempts'), className: 'nowrap', dataIndex: 'attempts' },
        { title: t('mail.at'), className: 'nowrap', render: (_, m) => format.dateTime(m.sentAt ?? m.queuedAt) },
        { title: t('mail.error'), className: 'nowrap', render: (_, m) => m.lastError },
        {
          title: t('parts.actions'),
          className: 'nowrap',
          render: (_, m) =>
            m.status === 'FAILED' && can('sms.resend') ? (
              <Button
                size="small"
                aria-label={t('mail.retryOne', { subject: m.numberMasked })}
                onClick={() =>
                  void resend({ id: m.id }).then((outcome) => {
                    tell(outcome, t('mail.retried'));
                    refetch();
                  })
                }
              >
                {t('mail.retry')}
              </Button>
            ) : null,
        },
      ]}
    />
  );
}
