import { Button } from 'antd';
import { useQuery } from 'urql';
import { useT, useTerm } from '../app/i18n';
import { useAction } from '../app/outcome';
import { useSession } from '../app/session';
import { ResendSmsDocument, SmsMessagesDocument, type SmsMessagesQuery } from '../gql/graphql';
import { Chip, type Tone } from '../kit/chip';
import { useTell } from '../kit/feedback';
import { useFormat } from '../kit/format';
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

/** Text messages (短信): what went out, and what people answered. */
export function Texts() {
  const pages = usePages();
  const query = useQuery({ query: SmsMessagesDocument, variables: { first: PAGE_SIZE, after: pages.after } });
  return (
    <Paged query={query} pages={pages} of={(data) => data.smsMessages}>
      {(rows) => <List rows={rows} refetch={() => query[1]({ requestPolicy: 'network-only' })} />}
    </Paged>
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
      scroll={{ x: 820 }}
      locale={{ emptyText: <Nothing text={t('mail.noTexts')} /> }}
      columns={[
        { title: t('mail.direction'), render: (_, m) => term('smsDirection', m.direction) },
        { title: t('mail.number'), className: 'nowrap', dataIndex: 'numberMasked' },
        { title: t('mail.words'), render: (_, m) => m.text ?? m.template ?? '—' },
        {
          title: t('mail.status'),
          render: (_, m) => <Chip tone={TONES[m.status] ?? 'plain'}>{term('smsStatus', m.status)}</Chip>,
        },
        { title: t('mail.attempts'), dataIndex: 'attempts' },
        { title: t('mail.at'), className: 'nowrap', render: (_, m) => format.dateTime(m.sentAt ?? m.queuedAt) },
        { title: t('mail.error'), render: (_, m) => m.lastError ?? '—' },
        {
          title: t('parts.actions'),
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
