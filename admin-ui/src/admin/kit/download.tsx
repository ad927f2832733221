import { DownloadOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useT } from '../app/i18n';
import type { Outcome } from '../app/outcome';
import { useTell } from './feedback';

export type Format = 'XLSX' | 'CSV' | 'PDF';

const MORE = 'more';

interface Props {
  formats?: readonly Format[];
  label?: string;
  /** One more line of the menu, which asks for something first. */
  more?: { label: string; onClick: () => void };
  run: (format: Format) => Promise<Outcome<{ url: string; fileName: string }>>;
}

/** Asks the server for a file in one of its formats and saves it. */
export function ExportButton({ formats = ['XLSX', 'CSV', 'PDF'], label, more, run }: Props) {
  const t = useT();
  const tell = useTell();
  const [busy, setBusy] = useState(false);
  const start = async (format: Format) => {
    setBusy(true);
    const outcome = await run(format);
    setBusy(false);
    tell(outcome);
    if (outcome.kind === 'done') save(outcome.value.url, outcome.value.fileName);
  };
  return (
    <Dropdown
      autoFocus
      trigger={['click']}
      menu={{
        items: [
          ...formats.map((f) => ({ key: f as string, label: t(`format.${f}`) })),
          ...(more ? [{ key: MORE, label: more.label }] : []),
        ],
        onClick: ({ key, domEvent }) => {
          // The same press of Enter must not go on into the dialog that opens, and hand its form in.
          domEvent.preventDefault();
          if (key === MORE) more?.onClick();
          else void start(key as Format);
        },
      }}
    >
      <Button icon={<DownloadOutlined />} loading={busy} aria-haspopup="menu">
        {label ?? t('action.export')}
      </Button>
    </Dropdown>
  );
}

export function save(url: string, fileName: string) {
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
}
