import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Button, Drawer } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useT, useTerm } from '../app/i18n';
import { useAction } from '../app/outcome';
import { useSession } from '../app/session';
import { DeadLettersDocument, MailboxDocument, type MailboxQuery, RetryMailDocument } from '../gql/graphql';
import { Chip, type Tone } from '../kit/chip';
import { useTell } from '../kit/feedback';
import { useFormat } from '../kit/format';
import { Page } from '../kit/page';
import { Paged } from '../kit/paged';
import { PAGE_SIZE, usePages } from '../kit/pager';
import { Nothing } from '../kit/state';
import { DataTable } from '../kit/table';
import { TabView } from '../kit/tabs';
import type { MailTab } from './mail-tab';
import { Texts } from './texts';

type Mails = NonNullable<MailboxQuery['mailbox']>;
type Row = Mails['edges'][number]['node'];
const route = getRouteApi('/$slug/mail');
const TONES: Record<string, Tone> = { SENT: 'good', QUEUED: 'busy', RETRYING: 'warn', DEAD: 'bad' };

/** Mail the system sent (邮件), what could not be delivered, and text messages (短信). */
export function Mail() {
  const t = useT();
  const { slug, can } = useSession();
  const tab = route.useSearch().tab ?? 'mailbox';
  const navigate = useNavigate();
  const setTab = (next: MailTab) =>
    void navigate({
      to: '/$slug/mail',
      params: { slug },
      search: next === 'mailbox' ? {} : { tab: next },
      replace: true,
    });
  return (
    <Page title={t('mail.title')} lead={t('mail.lead')}>
      <TabView
        label={t('mail.title')}
        active={tab}
        onChange={setTab}
        tabs={[
          { key: 'mailbox', label: t('mail.box') },
          { key: 'dead', label: t('mail.dead') },
          ...(can('sms.read') ? [{ key: 'texts' as const, label: t('mail.texts') }] : []),
        ]}
      >
        {tab === 'mailbox' ? <Box /> : tab === 'dead' ? <Dead /> : <Texts />}
      </TabView>
    </Page>
  );
}

function Box() {
  const pages = usePages();
  const query = useQuery({ query: MailboxDocument, variables: { first: PAGE_SIZE, after: pages.after } });
  return (
    <Paged query={query} pages={pages} of={(data) => data.mailbox}>
      {(rows) => <List rows={rows} refetch={() => query[1]({ requestPolicy: 'network-only' })} />}
    </Paged>
  );
}

function Dead() {
  const pages = usePages();
  const query = useQuery({ query: DeadLettersDocument, variables: { first: PAGE_SIZE, after: pages.after } });
  return (
    <Paged query={query} pages={pages} of={(data) => data.deadLetters}>
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
  const [open, setOpen] = useState<Row | null>(null);
  const [retry] = useAction(RetryMailDocument);
  return (
    <>
      <DataTable<Row>
        rowKey="id"
        dataSource={rows}
        scroll={{ x: 820 }}
        locale={{ emptyText: <Nothing text={t('mail.none')} /> }}
        columns={[
          {
            title: t('mail.subject'),
            render: (_, m) => (
              <Button type="link" className="flush" onClick={() => setOpen(m)}>
                {m.subject}
              </Button>
            ),
          },
          { title: t('mail.to'), dataIndex: 'toMasked' },
          {
            title: t('mail.status'),
            render: (_, m) => <Chip tone={TONES[m.status] ?? 'plain'}>{term('mailStatus', m.status)}</Chip>,
          },
          { title: t('mail.attempts'), dataIndex: 'attempts' },
          { title: t('mail.at'), className: 'nowrap', render: (_, m) => format.dateTime(m.sentAt ?? m.queuedAt) },
          { title: t('mail.error'), render: (_, m) => m.lastError ?? '—' },
          {
            title: t('parts.actions'),
            render: (_, m) =>
              m.status === 'DEAD' && can('mail.retry') ? (
                <Button
                  size="small"
                  aria-label={t('mail.retryOne', { subject: m.subject })}
                  onClick={() =>
                    void retry({ id: m.id }).then((outcome) => {
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
      <Drawer
        open={open !== null}
        onClose={() => setOpen(null)}
        title={open?.subject}
        size={520}
        closable={{ 'aria-label': t('action.close') }}
      >
        <p className="soft">{open?.toMasked}</p>
        <pre className="mail-text">{open?.text ?? t('mail.noText')}</pre>
      </Drawer>
    </>
  );
}
