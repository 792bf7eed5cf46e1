import { STAGE_PATH } from './widget-stage.ts'

/** The frame of every page of the stage; its script draws the rest. */
export const STAGE_PAGE = `<!doctype html>
<html lang="ru">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>amoCRM sandbox</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${STAGE_PATH}/page.css">
</head>
<body>
<div id="page_holder"></div>
<script src="${STAGE_PATH}/lib/require.js"></script>
<script src="${STAGE_PATH}/page.js"></script>
</body>
</html>
`
