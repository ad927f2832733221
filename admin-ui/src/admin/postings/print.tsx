import { PrinterOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useT } from '../app/i18n';
import { type Outcome, useAction } from '../app/outcome';
import { useCounterMarket } from '../counter/market';
import {
  ChannelsDocument,
  type ChannelsQuery,
  PrintMarketPostingListDocument,
  PrintPostingListDocument,
} from '../gql/graphql';
import { save } from '../kit/download';
import { useEvery } from '../kit/every';
import { useTell } from '../kit/feedback';

const channelsOf = (data: ChannelsQuery) => data.channels;

/** The list to hang up (可打印清单): of the city, or of one market. */
export function PrintList() {
  const t = useT();
  const [{ data }] = useEvery(ChannelsDocument, channelsOf);
  const [print] = useAction(PrintPostingListDocument);
  const lists = (data ?? []).filter((channel) => channel.kind === 'PRINTED' && channel.active);
  const items = lists.map(({ id, marketName }) => ({ key: id, label: marketName ?? t('channels.ofCity') }));
  return <Lists items={items} print={(id) => print({ id })} />;
}

/** The list of a market, for those who stand at its wall (本市场招聘清单). */
export function PrintMarketList() {
  const { markets } = useCounterMarket();
  const [print] = useAction(PrintMarketPostingListDocument);
  const items = markets.map(({ id, displayName }) => ({ key: id, label: displayName }));
  return <Lists items={items} print={(marketId) => print({ marketId })} />;
}

interface ListsProps {
  items: { key: string; label: string }[];
  print: (key: string) => Promise<Outcome<{ url: string; fileName: string }>>;
}

/** Lists to choose from; the chosen one comes as a file. */
function Lists({ items, print }: ListsProps) {
  const t = useT();
  const tell = useTell();
  const [busy, setBusy] = useState(false);
  if (items.length === 0) return null;
  const start = async (key: string) => {
    setBusy(true);
    const outcome = await print(key);
    setBusy(false);
    tell(outcome);
    if (outcome.kind === 'done') save(outcome.value.url, outcome.value.fileName);
  };
  return (
    <Dropdown autoFocus trigger={['click']} menu={{ items, onClick: ({ key }) => void start(key) }}>
      <Button icon={<PrinterOutlined />} loading={busy} aria-haspopup="menu">
        {t('postings.print')}
      </Button>
    </Dropdown>
  );
}
