import { Link } from '@tanstack/react-router';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useT } from '../app/i18n';
import { useAction } from '../app/outcome';
import { useSession } from '../app/session';
import {
  ChannelDeliveriesDocument,
  type ChannelDeliveriesQuery,
  ChannelsDocument,
  type ChannelsQuery,
  type DeliveryFilter,
  type DeliveryStatus,
  RecordChannelDeliveryDocument,
} from '../gql/graphql';
import { Chip, type Tone } from '../kit/chip';
import { useEvery } from '../kit/every';
import { FormDialog } from '../kit/form';
import { useFormat } from '../kit/format';
import { Paged } from '../kit/paged';
import { PAGE_SIZE, usePages } from '../kit/pager';
import { useRequired } from '../kit/rules';
import { Nothing } from '../kit/state';
import { DataTable } from '../kit/table';

type Row = NonNullable<ChannelDeliveriesQuery['channelDeliveries']>['edges'][number]['node'];
type Channel = NonNullable<ChannelsQuery['channels']>['edges'][number]['node'];
const TONES: Record<DeliveryStatus, Tone> = {
  QUEUED: 'busy',
  SENT: 'good',
  FAILED: 'bad',
  WITHDRAWING: 'warn',
  WITHDRAWN: 'plain',
};
/** What somebody still has to bring there, or take away. */
const OPEN: readonly DeliveryStatus[] = ['QUEUED', 'FAILED', 'WITHDRAWING'];
const channelsOf = (data: ChannelsQuery) => data.channels;
/** A list is printed whole; of it alone what was struck out is recorded. */
const isByHand = (channel: Channel | undefined, status: DeliveryStatus) =>
  channel?.byHand && (channel.kind === 'PRINTED' ? status === 'WITHDRAWING' : OPEN.includes(status));

/** Postings on channels: how far each is, how often it was tried, and by what it is known to be there or gone. */
export function Deliveries({ filter }: { filter: DeliveryFilter }) {
  const t = useT();
  const pages = usePages(JSON.stringify(filter));
  const query = useQuery({
    query: ChannelDeliveriesDocument,
    variables: { first: PAGE_SIZE, after: pages.after, filter },
  });
  const [{ data: channels }] = useEvery(ChannelsDocument, channelsOf);
  const refetch = () => query[1]({ requestPolicy: 'network-only' });
  return (
    <section aria-labelledby="deliveries-title">
      <h2 id="deliveries-title">{t('deliveries.title')}</h2>
      <Paged query={query} pages={pages} of={(data) => data.channelDeliveries}>
        {(rows) => <DeliveryTable rows={rows} filter={filter} channels={channels ?? []} refetch={refetch} />}
      </Paged>
    </section>
  );
}

interface TableProps {
  rows: Row[];
  filter: DeliveryFilter;
  channels: Channel[];
  refetch: () => void;
}

function DeliveryTable({ rows, filter, channels, refetch }: TableProps) {
  const t = useT();
  const format = useFormat();
  const { slug } = useSession();
  const [recording, setRecording] = useState<Row | null>(null);
  const channelOf = (row: Row) => channels.find(({ id }) => id === row.channelId);
  const nameOf = (row: Row) => {
    const channel = channelOf(row);
    return channel ? [channel.title, channel.marketName].filter(Boolean).join(' · ') : '—';
  };
  return (
    <>
      <DataTable<Row>
        rowKey="id"
        aria-label={t('deliveries.title')}
        dataSource={rows}
        scroll={{ x: 860 }}
        locale={{ emptyText: <Nothing text={t('deliveries.none')} /> }}
        columns={[
          filter.postingId
            ? { title: t('deliveries.channel'), render: (_, r) => nameOf(r) }
            : {
                title: t('deliveries.posting'),
                render: (_, r) => (
                  <Link to="/$slug/postings/$id" params={{ slug, id: r.postingId }}>
                    {r.postingTitle}
                  </Link>
                ),
              },
          {
            title: t('deliveries.status'),
            render: (_, r) => (
              <>
                <Chip tone={TONES[r.status]}>{r.statusTitle}</Chip>
                {r.attempts > 0 ? <div className="soft">{t('deliveries.attempts', { n: r.attempts })}</div> : null}
              </>
            ),
          },
          {
            title: t('deliveries.version'),
            render: (_, r) => t('deliveries.versions', { shown: r.shownVersion ?? '—', wanted: r.postingVersion }),
          },
          { title: t('deliveries.wanted'), className: 'nowrap', render: (_, r) => format.dateTime(r.wantedAt) },
          { title: t('deliveries.sent'), className: 'nowrap', render: (_, r) => format.dateTime(r.sentAt) },
          { title: t('deliveries.withdrawn'), className: 'nowrap', render: (_, r) => format.dateTime(r.withdrawnAt) },
          {
            title: t('deliveries.receipt'),
            render: (_, r) => (
              <>
                {r.receipt ?? '—'}
                {r.recordedBy ? <div className="soft">{t('deliveries.recordedBy', { who: r.recordedBy })}</div> : null}
              </>
            ),
          },
          {
            title: t('parts.actions'),
            key: 'actions',
            render: (_, r) =>
              isByHand(channelOf(r), r.status) ? (
                <Button
                  size="small"
                  aria-label={t('deliveries.recordOne', { title: r.postingTitle, channel: nameOf(r) })}
                  onClick={() => setRecording(r)}
                >
                  {t('deliveries.record')}
                </Button>
              ) : null,
          },
        ]}
      />
      {recording ? <RecordDialog row={recording} onClose={() => setRecording(null)} refetch={refetch} /> : null}
    </>
  );
}

interface RecordProps {
  row: Row;
  onClose: () => void;
  refetch: () => void;
}

/** What was put on a channel, or taken off it, by hand: and by what one can see that it was. */
function RecordDialog({ row, onClose, refetch }: RecordProps) {
  const t = useT();
  const required = useRequired();
  const [record] = useAction(RecordChannelDeliveryDocument);
  return (
    <FormDialog<{ receipt: string }>
      name="delivery"
      title={t('deliveries.record')}
      onClose={onClose}
      onDone={refetch}
      onClash={refetch}
      onSubmit={({ receipt }) => record({ id: row.id, version: row.version, receipt: receipt.trim() })}
    >
      <p>{t(row.status === 'WITHDRAWING' ? 'deliveries.takenOff' : 'deliveries.putOn', { title: row.postingTitle })}</p>
      <Form.Item
        name="receipt"
        label={t('deliveries.receipt')}
        extra={t('deliveries.receiptHint')}
        rules={required(t('deliveries.receipt'))}
      >
        <Input maxLength={200} />
      </Form.Item>
    </FormDialog>
  );
}
