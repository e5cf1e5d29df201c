# Enrols an Auto Scaling group that Terraform manages: the tag and both lifecycle hooks, as
# `npx foreprint enrol` makes them. Copy it next to the group, or use the folder as a module.

variable "group_name" {
  description = "Name of the Auto Scaling group."
  type        = string
}

variable "mode" {
  description = "What Foreprint may do to the group; empty for the deployment's mode."
  type        = string
  default     = "observe"

  validation {
    condition     = contains(["", "observe", "scale-out", "full"], var.mode)
    error_message = "The mode must be observe, scale-out, full, or empty."
  }
}

variable "application_type" {
  description = "Type of the application, for the defaults that it starts with."
  type        = string
  default     = null
}

locals {
  tags = merge(
    { "foreprint:mode" = var.mode },
    var.application_type == null ? {} : { "foreprint:type" = var.application_type },
  )
  hooks = {
    "foreprint-launching"   = "autoscaling:EC2_INSTANCE_LAUNCHING"
    "foreprint-terminating" = "autoscaling:EC2_INSTANCE_TERMINATING"
  }
}

# A resource of its own for each tag: it leaves all other tags of the group alone.
resource "aws_autoscaling_group_tag" "foreprint" {
  for_each = local.tags

  autoscaling_group_name = var.group_name

  tag {
    key                 = each.key
    value               = each.value
    propagate_at_launch = false
  }
}

# The tag comes first and goes last: hooks are answered for groups with the tag.
resource "aws_autoscaling_lifecycle_hook" "foreprint" {
  for_each = local.hooks

  name                   = each.key
  autoscaling_group_name = var.group_name
  lifecycle_transition   = each.value
  heartbeat_timeout      = 300
  default_result         = "CONTINUE"

  depends_on = [aws_autoscaling_group_tag.foreprint]
}
