/** The map's own texts. */
export const words = {
  'AttributionControl.ToggleAttribution': '图的来源',
  'AttributionControl.MapFeedback': '报告图上的错误',
  'Map.Title': '地图',
  'Marker.Title': '图上的标记',
  'NavigationControl.ZoomIn': '放大',
  'NavigationControl.ZoomOut': '缩小',
  'ScaleControl.Feet': '英尺',
  'ScaleControl.Meters': '米',
  'ScaleControl.Kilometers': '公里',
  'ScaleControl.Miles': '英里',
  'ScaleControl.NauticalMiles': '海里',
};
