import { PlusOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Button, Form } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useT, useTerm } from '../app/i18n';
import { useAction } from '../app/outcome';
import { useSession } from '../app/session';
import { AddChannelDocument, type ChannelHeadFragment, type ChannelKind, ChannelsDocument } from '../gql/graphql';
import { Chip } from '../kit/chip';
import { TermSelect } from '../kit/choice';
import { FormDialog } from '../kit/form';
import { useFormat } from '../kit/format';
import { Page } from '../kit/page';
import { Paged } from '../kit/paged';
import { PAGE_SIZE, usePages } from '../kit/pager';
import { useRequired } from '../kit/rules';
import { Nothing } from '../kit/state';
import { DataTable } from '../kit/table';
import { MarketPicker } from '../postings/pickers';
import { useSeconds } from './seconds';

/** Where postings are shown (发布渠道), and how each keeps up: what is on it, what waits, how quickly a withdrawn one is gone. */
export function ChannelList() {
  const t = useT();
  const { can } = useSession();
  const pages = usePages();
  const query = useQuery({ query: ChannelsDocument, variables: { first: PAGE_SIZE, after: pages.after } });
  const [adding, setAdding] = useState(false);
  const refetch = () => query[1]({ requestPolicy: 'network-only' });
  return (
    <Page
      title={t('channels.title')}
      lead={t('channels.lead')}
      actions={
        can('channel.manage') ? (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {t('channels.add')}
          </Button>
        ) : null
      }
    >
      {adding ? <AddChannel onClose={() => setAdding(false)} refetch={refetch} /> : null}
      <Paged query={query} pages={pages} of={(data) => data.channels}>
        {(rows) => <ChannelTable rows={rows} />}
      </Paged>
    </Page>
  );
}

function ChannelTable({ rows }: { rows: ChannelHeadFragment[] }) {
  const t = useT();
  const { slug } = useSession();
  const seconds = useSeconds();
  return (
    <DataTable<ChannelHeadFragment>
      rowKey="id"
      aria-label={t('channels.title')}
      dataSource={rows}
      scroll={{ x: 900 }}
      locale={{ emptyText: <Nothing text={t('channels.none')} /> }}
      columns={[
        {
          title: t('channels.channel'),
          render: (_, c) => (
            <>
              <Link to="/$slug/channels/$id" params={{ slug, id: c.id }} className="strong">
                {c.title}
              </Link>
              <div className="soft">{c.marketName ?? t('channels.ofCity')}</div>
            </>
          ),
        },
        { title: t('channels.state'), render: (_, c) => <ChannelState channel={c} /> },
        { title: t('channels.shown'), render: (_, c) => c.pace.shown },
        { title: t('channels.waiting'), render: (_, c) => <Waiting channel={c} /> },
        { title: t('channels.publishPace'), render: (_, c) => seconds(c.pace.publishedMedianSeconds) },
        { title: t('channels.withdrawPace'), render: (_, c) => seconds(c.pace.withdrawnMedianSeconds) },
        { title: t('channels.withdrawLongest'), render: (_, c) => seconds(c.pace.withdrawnLongestSeconds) },
      ]}
    />
  );
}

function Waiting({ channel: { pace } }: { channel: ChannelHeadFragment }) {
  const t = useT();
  const format = useFormat();
  return (
    <>
      {t('channels.waitingText', { waiting: pace.waiting, withdrawing: pace.withdrawing })}
      {pace.oldestWaitingSince ? (
        <div className="soft">{t('channels.since', { at: format.dateTime(pace.oldestWaitingSince) })}</div>
      ) : null}
    </>
  );
}

/** Fed or not, answering or not, by hand or by itself. */
export function ChannelState({ channel: c }: { channel: ChannelHeadFragment }) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  return (
    <div className="chips">
      <Chip tone={c.active ? 'good' : 'plain'}>{t(c.active ? 'channels.active' : 'channels.inactive')}</Chip>
      {c.downSince ? (
        <Chip tone="bad" title={term('channelDown', c.downReason)}>
          {t('channels.down', { at: format.dateTime(c.downSince) })}
        </Chip>
      ) : null}
      {c.byHand ? <Chip>{t('channels.byHand')}</Chip> : null}
    </div>
  );
}

/** Only these belong to a market; the others are the city's. */
const OF_MARKET: ChannelKind[] = ['HALL_SCREEN', 'PRINTED', 'WECHAT'];

function AddChannel({ onClose, refetch }: { onClose: () => void; refetch: () => void }) {
  const t = useT();
  const required = useRequired();
  const [add] = useAction(AddChannelDocument);
  return (
    <FormDialog<{ marketId: string; kind: ChannelKind }>
      name="channel"
      title={t('channels.add')}
      initial={{ kind: 'HALL_SCREEN' }}
      onClose={onClose}
      onDone={refetch}
      onSubmit={({ marketId, kind }) => add({ marketId, kind })}
    >
      <p>{t('channels.addText')}</p>
      <Form.Item name="marketId" label={t('posting.marketId')} rules={required(t('posting.marketId'))}>
        <MarketPicker />
      </Form.Item>
      <Form.Item name="kind" label={t('channels.kind')} rules={required(t('channels.kind'))}>
        <TermSelect group="channelKind" values={OF_MARKET} />
      </Form.Item>
    </FormDialog>
  );
}
