import { CheckOutlined, PrinterOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { type ReactNode, useState } from 'react';
import { useT } from '../app/i18n';
import { type Outcome, useAction } from '../app/outcome';
import { useCounterMarket } from '../counter/market';
import {
  ChannelsDocument,
  type ChannelsQuery,
  PrintMarketPostingListDocument,
  PrintPostingListDocument,
  RecordPostingListHungDocument,
} from '../gql/graphql';
import { save } from '../kit/download';
import { useEvery } from '../kit/every';
import { useTell } from '../kit/feedback';

const channelsOf = (data: ChannelsQuery) => data.channels;

/** The list to hang up (可打印清单), and that it hangs: of the city, or of one market. */
export function PrintList() {
  const t = useT();
  const [{ data }] = useEvery(ChannelsDocument, channelsOf);
  const [print] = useAction(PrintPostingListDocument);
  const lists = (data ?? []).filter((channel) => channel.kind === 'PRINTED' && channel.active);
  const items = lists.map(({ id, marketName }) => ({ key: id, label: marketName ?? t('channels.ofCity') }));
  const marketOf = (id: string) => lists.find((list) => list.id === id)?.marketId ?? null;
  return (
    <>
      <Print items={items} print={(id) => print({ id })} />
      <Hung items={items} marketOf={marketOf} />
    </>
  );
}

/** The list of a market, for those who stand at its wall (本市场招聘清单). */
export function PrintMarketList() {
  const { markets } = useCounterMarket();
  const [print] = useAction(PrintMarketPostingListDocument);
  const items = markets.map(({ id, displayName }) => ({ key: id, label: displayName }));
  return (
    <>
      <Print items={items} print={(marketId) => print({ marketId })} />
      <Hung items={items} marketOf={(id) => id} />
    </>
  );
}

type Items = { key: string; label: string }[];

/** The chosen list comes as a file. */
function Print({ items, print }: { items: Items; print: (key: string) => Promise<Outcome<Printed>> }) {
  const t = useT();
  const tell = useTell();
  const start = async (key: string) => {
    const outcome = await print(key);
    tell(outcome, t('postings.printed'));
    if (outcome.kind === 'done') save(outcome.value.url, outcome.value.fileName);
  };
  return <Lists items={items} act={start} icon={<PrinterOutlined />} label={t('postings.print')} />;
}

type Printed = { url: string; fileName: string };

/** The chosen list hangs on the wall and no older one does: what it left out is gone. */
function Hung({ items, marketOf }: { items: Items; marketOf: (key: string) => string | null }) {
  const t = useT();
  const tell = useTell();
  const [record] = useAction(RecordPostingListHungDocument);
  const start = async (key: string) => {
    const outcome = await record({ marketId: marketOf(key) });
    const left = outcome.kind === 'done' ? outcome.value.withdrawing : 0;
    tell(outcome, left > 0 ? t('postings.hungButMore', { n: left }) : t('postings.hungDone'));
  };
  return <Lists items={items} act={start} icon={<CheckOutlined />} label={t('postings.hung')} />;
}

interface ListsProps {
  items: Items;
  act: (key: string) => Promise<void>;
  icon: ReactNode;
  label: string;
}

/** Lists to choose from. */
function Lists({ items, act, icon, label }: ListsProps) {
  const [busy, setBusy] = useState(false);
  if (items.length === 0) return null;
  const start = async (key: string) => {
    setBusy(true);
    await act(key);
    setBusy(false);
  };
  return (
    <Dropdown autoFocus trigger={['click']} menu={{ items, onClick: ({ key }) => void start(key) }}>
      <Button icon={icon} loading={busy} aria-haspopup="menu">
        {label}
      </Button>
    </Dropdown>
  );
}
