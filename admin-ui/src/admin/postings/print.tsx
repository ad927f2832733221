import { PrinterOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useT } from '../app/i18n';
import { useAction } from '../app/outcome';
import { ChannelsDocument, type ChannelsQuery, PrintPostingListDocument } from '../gql/graphql';
import { save } from '../kit/download';
import { useEvery } from '../kit/every';
import { useTell } from '../kit/feedback';

const channelsOf = (data: ChannelsQuery) => data.channels;

/** The list to hang up (可打印清单): of the city, or of one market. */
export function PrintList() {
  const t = useT();
  const tell = useTell();
  const [{ data }] = useEvery(ChannelsDocument, channelsOf);
  const [print] = useAction(PrintPostingListDocument);
  const [busy, setBusy] = useState(false);
  const lists = (data ?? []).filter((channel) => channel.kind === 'PRINTED' && channel.active);
  if (lists.length === 0) return null;
  const start = async (id: string) => {
    setBusy(true);
    const outcome = await print({ id });
    setBusy(false);
    tell(outcome);
    if (outcome.kind === 'done') save(outcome.value.url, outcome.value.fileName);
  };
  return (
    <Dropdown
      autoFocus
      trigger={['click']}
      menu={{
        items: lists.map(({ id, marketName }) => ({ key: id, label: marketName ?? t('channels.ofCity') })),
        onClick: ({ key }) => void start(key),
      }}
    >
      <Button icon={<PrinterOutlined />} loading={busy} aria-haspopup="menu">
        {t('postings.print')}
      </Button>
    </Dropdown>
  );
}
