import { CheckOutlined, PrinterOutlined } from '@ant-design/icons';
import { getRouteApi } from '@tanstack/react-router';
import { Alert, Button, Form, Input, Switch } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { copyText } from '../../copy';
import { useT, useTerm } from '../app/i18n';
import { useAction } from '../app/outcome';
import { useSession } from '../app/session';
import {
  type ChannelHeadFragment,
  ChannelLinesDocument,
  ChannelsDocument,
  type ChannelsQuery,
  type DeliveryStatus,
  PrintPostingListDocument,
  RecordPostingListHungDocument,
  SaveChannelDocument,
} from '../gql/graphql';
import { TermSelect } from '../kit/choice';
import { save } from '../kit/download';
import { useEvery } from '../kit/every';
import { Fact, Facts } from '../kit/facts';
import { useTell } from '../kit/feedback';
import { FormDialog } from '../kit/form';
import { useFormat } from '../kit/format';
import { Found } from '../kit/found';
import { Labelled } from '../kit/labelled';
import { Page } from '../kit/page';
import { Loaded, Nothing } from '../kit/state';
import { Deliveries } from '../postings/deliveries';
import { ChannelState } from './list';
import { Screen } from './screen';
import { useSeconds } from './seconds';

const route = getRouteApi('/$slug/channels/$id');
const channelsOf = (data: ChannelsQuery) => data.channels;
const STATES: DeliveryStatus[] = ['QUEUED', 'FAILED', 'WITHDRAWING', 'SENT', 'WITHDRAWN'];
const MOST_LINES = 50;

/** One channel: how it keeps up, the text it is given, what it shows, and each posting on its way there or away. */
export function ChannelDetail() {
  const t = useT();
  const { id } = route.useParams();
  const { can } = useSession();
  const query = useEvery(ChannelsDocument, channelsOf);
  const [editing, setEditing] = useState(false);
  const refetch = query[1];
  return (
    <Found query={query} of={(channels) => channels.find((one) => one.id === id)}>
      {(channel) => (
        <Page
          title={channel.title}
          lead={channel.marketName ?? t('channels.ofCity')}
          actions={
            can('channel.manage') ? (
              <>
                {channel.kind === 'PRINTED' ? <Print channel={channel} refetch={refetch} /> : null}
                <Button onClick={() => setEditing(true)}>{t('action.edit')}</Button>
              </>
            ) : null
          }
        >
          {channel.downSince ? <Down channel={channel} /> : null}
          <Pace channel={channel} />
          {channel.kind === 'HALL_SCREEN' && can('channel.manage') ? (
            <Screen channel={channel} refetch={refetch} />
          ) : null}
          <Lines channel={channel} />
          <Sent channel={channel} />
          {editing ? <EditChannel channel={channel} onClose={() => setEditing(false)} refetch={refetch} /> : null}
        </Page>
      )}
    </Found>
  );
}

function Down({ channel: c }: { channel: ChannelHeadFragment }) {
  const t = useT();
  const term = useTerm();
  const format = useFormat();
  return (
    <Alert
      className="gap"
      type="error"
      showIcon
      title={t('channels.down', { at: format.dateTime(c.downSince) })}
      description={c.downReason ? term('channelDown', c.downReason) : null}
    />
  );
}

function Pace({ channel: c }: { channel: ChannelHeadFragment }) {
  const t = useT();
  const format = useFormat();
  const seconds = useSeconds();
  const { pace } = c;
  const ofTwo = (median: number | null, p95: number | null) =>
    median === null ? '—' : t('channels.paceText', { median: seconds(median), p95: seconds(p95) });
  return (
    <Facts className="gap">
      <Fact label={t('channels.state')}>
        <ChannelState channel={c} />
      </Fact>
      <Fact label={t('channels.shown')}>{pace.shown}</Fact>
      <Fact label={t('channels.waiting')}>
        {t('channels.waitingText', { waiting: pace.waiting, withdrawing: pace.withdrawing })}{' '}
        {pace.oldestWaitingSince ? t('channels.since', { at: format.dateTime(pace.oldestWaitingSince) }) : ''}
      </Fact>
      <Fact label={t('channels.publishPace')}>{ofTwo(pace.publishedMedianSeconds, pace.publishedP95Seconds)}</Fact>
      <Fact label={t('channels.withdrawPace')}>{ofTwo(pace.withdrawnMedianSeconds, pace.withdrawnP95Seconds)}</Fact>
      <Fact label={t('channels.withdrawLongest')}>{seconds(pace.withdrawnLongestSeconds)}</Fact>
      <Fact label={t('channels.template')}>
        <span className="prose">{c.template ?? c.usualTemplate}</span>{' '}
        <span className="soft">{t(c.template ? 'channels.ownTemplate' : 'channels.usualTemplate')}</span>
      </Fact>
    </Facts>
  );
}

/** What the channel shows: to read, and to copy where somebody brings it there. */
function Lines({ channel }: { channel: ChannelHeadFragment }) {
  const t = useT();
  const query = useQuery({ query: ChannelLinesDocument, variables: { id: channel.id, first: MOST_LINES } });
  return (
    <section aria-labelledby="lines-title">
      <h2 id="lines-title">{t('channels.lines')}</h2>
      <Loaded query={query}>
        {({ channelLines }) =>
          channelLines?.length ? (
            <ul className="lines">
              {channelLines.map((line) => (
                <Line key={line.postingId} text={line.text} at={line.at} />
              ))}
            </ul>
          ) : (
            <Nothing text={t('channels.noLines')} />
          )
        }
      </Loaded>
    </section>
  );
}

function Line({ text, at }: { text: string; at: string }) {
  const t = useT();
  const format = useFormat();
  const [copied, setCopied] = useState('');
  return (
    <li>
      <pre>{text}</pre>
      <div className="actions">
        <Button
          size="small"
          onClick={(event) => {
            const shown = event.currentTarget.closest('li')?.querySelector('pre');
            if (shown) void copyText(text, shown).then((ok) => setCopied(t(ok ? 'keys.copied' : 'keys.copyByHand')));
          }}
        >
          {t('keys.copy')}
        </Button>
        <span role="status">{copied}</span>
        <span className="soft">{format.dateTime(at)}</span>
      </div>
    </li>
  );
}

function Sent({ channel }: { channel: ChannelHeadFragment }) {
  const t = useT();
  const [status, setStatus] = useState<DeliveryStatus | undefined>();
  return (
    <>
      <div className="list-head">
        <span />
        <Labelled text={t('deliveries.status')}>
          {(id) => (
            <TermSelect
              id={id}
              group="deliveryStatus"
              values={STATES}
              value={status}
              allowClear
              placeholder={t('choice.any')}
              onChange={(next) => setStatus(next as DeliveryStatus | undefined)}
            />
          )}
        </Labelled>
      </div>
      <Deliveries filter={{ channelId: channel.id, ...(status ? { status } : {}) }} />
    </>
  );
}

interface EditProps {
  channel: ChannelHeadFragment;
  onClose: () => void;
  refetch: () => void;
}

function EditChannel({ channel, onClose, refetch }: EditProps) {
  const t = useT();
  const [run] = useAction(SaveChannelDocument);
  return (
    <FormDialog<{ active: boolean; template?: string | null }>
      name="channel-edit"
      title={t('channels.edit', { name: channel.title })}
      initial={{ active: channel.active, template: channel.template }}
      onClose={onClose}
      onDone={refetch}
      onClash={refetch}
      onSubmit={({ active, template }) =>
        run({ id: channel.id, version: channel.version, active, template: template?.trim() || null })
      }
    >
      <Form.Item name="active" label={t('channels.fed')} valuePropName="checked">
        <Switch />
      </Form.Item>
      <Form.Item name="template" label={t('channels.template')} extra={t('channels.templateHint')}>
        <Input.TextArea rows={5} maxLength={1000} placeholder={channel.usualTemplate} />
      </Form.Item>
    </FormDialog>
  );
}

function Print({ channel, refetch }: Omit<EditProps, 'onClose'>) {
  const t = useT();
  const tell = useTell();
  const [print, busy] = useAction(PrintPostingListDocument);
  const [record, recording] = useAction(RecordPostingListHungDocument);
  return (
    <>
      <Button
        icon={<PrinterOutlined />}
        loading={busy}
        onClick={() =>
          void print({ id: channel.id }).then((outcome) => {
            tell(outcome, t('postings.printed'));
            if (outcome.kind === 'done') save(outcome.value.url, outcome.value.fileName);
            refetch();
          })
        }
      >
        {t('postings.print')}
      </Button>
      <Button
        icon={<CheckOutlined />}
        loading={recording}
        onClick={() =>
          void record({ marketId: channel.marketId }).then((outcome) => {
            tell(outcome, t('postings.hungDone'));
            refetch();
          })
        }
      >
        {t('postings.hung')}
      </Button>
    </>
  );
}
